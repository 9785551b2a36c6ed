namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary>The schema's <c>OutpostHealth</c>: one running process.</summary>
internal sealed record OutpostHealthAnswer
{
    public required string Uid { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required string Version { get; init; }

    public string GolangVersion { get; init; } = "";

    public bool OpensslEnabled { get; init; }

    public string OpensslVersion { get; init; } = "";

    public bool? FipsEnabled { get; init; }

    public required string VersionShould { get; init; }

    public required bool VersionOutdated { get; init; }

    public string BuildHash { get; init; } = "";

    public string BuildHashShould { get; init; } = "";

    public required string Hostname { get; init; }

    public static OutpostHealthAnswer Of(OutpostInstance instance, string ours) => new()
    {
        Uid = instance.Instance.ToString("D"),
        LastSeen = instance.LastSeen,
        Version = instance.Version,
        VersionShould = ours,
        VersionOutdated = instance.Version != ours,
        Hostname = instance.Hostname,
    };
}
