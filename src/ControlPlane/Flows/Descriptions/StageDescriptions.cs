namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>The descriptions by kind.</summary>
internal sealed class StageDescriptions(IEnumerable<StageDescription> descriptions)
{
    private readonly Dictionary<string, StageDescription> _byKind = descriptions.ToDictionary(description => description.Kind, StringComparer.Ordinal);

    public IEnumerable<StageDescription> All => _byKind.Values.OrderBy(description => description.Name, StringComparer.Ordinal);

    /// <summary>A kind of a later version has a name and nothing that could be set.</summary>
    public StageDescription Of(string kind) =>
        _byKind.GetValueOrDefault(kind) ?? new StageDescription { Kind = kind, Name = "Unknown Stage", Summary = "A stage that this version does not know; flows that reach it are denied." };
}
