namespace Sidecar.Contracts.Snapshots;

/// <summary>The outpost that a snapshot is for.</summary>
public sealed record OutpostRecord
{
    public required Guid Id { get; init; }

    /// <summary>Sent as <c>X-authentik-meta-outpost</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The control plane's address for browsers (<c>authentik_host_browser</c>, else <c>authentik_host</c>), with a trailing slash. Every address that
    /// a browser is sent to starts with it; empty while the administrator has not set it up, and then sign-in answers <c>not-configured</c>.
    /// </summary>
    public required string PublicUrl { get; init; }
}
