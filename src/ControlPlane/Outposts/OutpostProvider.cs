namespace Sidecar.ControlPlane.Outposts;

/// <summary>An outpost serves a provider.</summary>
internal sealed class OutpostProvider
{
    public required Guid OutpostId { get; init; }

    public required int ProviderId { get; init; }
}
