using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>True or false.</summary>
internal sealed class PolicyFlag(string name, bool byDefault) : PolicySetting(name, byDefault)
{
    /// <summary>Why only the default is possible; null: both are.</summary>
    public string? FixedBecause { get; init; }

    public override void Read(PolicyDraft draft)
    {
        if (draft.Body.TryFlag(Name, out var value)
            && !draft.Body.Refuses(Name, FixedBecause is not null && value != byDefault, $"Only {(byDefault ? "true" : "false")} is possible: {FixedBecause}"))
        {
            draft.Settings[Name] = value;
        }
    }

    public override Func<Policy, bool>? Filter(QueryReader query) =>
        query.TryFlag(Name, out var asked) ? policy => ValueOf(policy)!.GetValue<bool>() == asked : null;
}
