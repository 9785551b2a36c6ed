namespace Sidecar.Contracts.Snapshots;

/// <summary>An application with its proxy provider: who may enter, and how the outpost signs people in.</summary>
public sealed record ApplicationRecord
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Sent as <c>X-authentik-meta-app</c>.</summary>
    public required string Slug { get; init; }

    public required ProviderRecord Provider { get; init; }

    /// <summary>None: everybody who is signed in may enter.</summary>
    public required IReadOnlyList<BindingRecord> Bindings { get; init; }

    public BindingMode BindingMode { get; init; }

    /// <summary>A strict application is refused after 60 seconds without contact, instead of <c>SIDECAR_MAX_STALE</c>.</summary>
    public bool Strict { get; init; }
}
