using System.Text.Json.Serialization;

namespace Sidecar.Contracts.Snapshots;

/// <summary>What a binding names. A kind that this outpost does not know evaluates to the binding's failure result.</summary>
[JsonConverter(typeof(BindingSubjectConverter))]
public enum BindingSubject : byte
{
    // Unknown is zero: what is not understood never matches.
    Unknown = 0,
    User = 1,
    Group = 2,
}
