namespace Sidecar.ControlPlane.Api.About;

/// <summary>The schema's <c>Version</c>. Nobody is asked for a newer one, so the newest known is this, and "valid" is false.</summary>
internal sealed record VersionAnswer(bool OutpostOutdated)
{
    public string VersionCurrent { get; } = ProductVersion.Current;

    public string VersionLatest { get; } = ProductVersion.Current;

    public bool VersionLatestValid { get; }

    public string BuildHash { get; } = "";

    public bool Outdated { get; }
}
