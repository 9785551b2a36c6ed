using System.Net;

namespace Sidecar.Outpost.Configuration;

/// <summary>Everything that the environment and the command line say, checked. Nothing else in this program reads either.</summary>
internal sealed record OutpostOptions
{
    /// <summary><c>AUTHENTIK_HOST</c>: the control plane as the outpost reaches it, with a trailing slash. Null with a socket or a snapshot file.</summary>
    public Uri? Host { get; init; }

    /// <summary><c>AUTHENTIK_TOKEN</c>. Also the root of the key that the state on disk is encrypted with.</summary>
    public string Token { get; init; } = "";

    /// <summary><c>AUTHENTIK_INSECURE</c>: the control plane's certificate is not checked.</summary>
    public bool Insecure { get; init; }

    /// <summary><c>AUTHENTIK_HOST_BROWSER</c>: the control plane as browsers reach it; overrides what the snapshot says.</summary>
    public Uri? HostBrowser { get; init; }

    public required IPEndPoint Http { get; init; }

    public required IPEndPoint Https { get; init; }

    public required IPEndPoint Metrics { get; init; }

    public required TrustedProxies TrustedProxies { get; init; }

    /// <summary><c>SIDECAR_IDENTITY_HEADERS</c>: <c>refuse</c> (the default) or <c>ignore</c>.</summary>
    public IdentityHeaderRule IdentityHeaders { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary><c>SIDECAR_DATA</c>; the outpost's own folder is <see cref="StateFolder"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>SIDECAR_MAX_STALE</c>: how long decisions go on without the control plane. Stale rules may name people who have left.</summary>
    public TimeSpan MaxStale { get; init; } = TimeSpan.FromHours(12);

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public IReadOnlyList<string> TlsNames { get; init; } = [];

    /// <summary><c>SIDECAR_CONTROL_PLANE_SOCKET</c>: this is the embedded outpost; what is not its own goes to this Unix socket.</summary>
    public string? ControlPlaneSocket { get; init; }

    /// <summary>A snapshot given as a file, to run without a control plane.</summary>
    public SnapshotFiles? Files { get; init; }

    public string StateFolder => Path.Combine(DataFolder, "outpost");

    // A record prints its members; a log line must not show the token.
    public override string ToString() => $"OutpostOptions {{ Host = {Host}, DataFolder = {DataFolder} }}";
}
