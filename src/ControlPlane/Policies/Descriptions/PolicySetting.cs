using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>One setting of a kind of policy, under authentik's name: how a request sets it, how an answer shows it and how a list is filtered by it.</summary>
internal abstract class PolicySetting(string name, JsonNode? byDefault)
{
    public string Name => name;

    /// <summary>Whether a new policy must say it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Reads the field into the draft. A field that is missing leaves it as it is; what is wrong is told in the body's errors.</summary>
    public abstract void Read(PolicyDraft draft);

    /// <summary>Null: the query does not ask for it.</summary>
    public abstract Func<Policy, bool>? Filter(QueryReader query);

    public JsonNode? ValueOf(Policy policy) =>
        policy.Settings.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : byDefault?.DeepClone();
}
