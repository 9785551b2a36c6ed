namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>The descriptions by kind.</summary>
internal sealed class PolicyDescriptions(IEnumerable<PolicyDescription> descriptions)
{
    private readonly Dictionary<string, PolicyDescription> _byKind = descriptions.ToDictionary(description => description.Kind, StringComparer.Ordinal);

    public IEnumerable<PolicyDescription> All => _byKind.Values.OrderBy(description => description.Name, StringComparer.Ordinal);

    /// <summary>A kind of a later version has a name and nothing that could be set.</summary>
    public PolicyDescription Of(string kind) => _byKind.GetValueOrDefault(kind) ?? new PolicyDescription
    {
        Kind = kind,
        Name = "Unknown Policy",
        Plural = "Unknown Policies",
        Summary = "A policy that this version does not know; it passes nobody.",
        Settings = [],
    };
}
