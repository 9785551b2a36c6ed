using System.Net;

namespace Sidecar.Outpost.Configuration;

/// <summary>Everything that the environment and the command line say, checked. Nothing else in this program reads either.</summary>
internal sealed record OutpostOptions
{
    /// <summary><c>AUTHENTIK_HOST</c>: the control plane as the outpost reaches it, such as <c>https://auth.example.com</c>.</summary>
    /// <remarks>With a trailing slash. Null with a socket or a snapshot file.</remarks>
    public Uri? Host { get; init; }

    /// <summary><c>AUTHENTIK_TOKEN</c>: what the control plane shows at the outpost. Also the root of the key that the state on disk is encrypted with.</summary>
    public string Token { get; init; } = "";

    /// <summary><c>AUTHENTIK_INSECURE</c>: <c>true</c> does not check the control plane's certificate: whoever is between can read the token. Default <c>false</c>.</summary>
    public bool Insecure { get; init; }

    /// <summary><c>AUTHENTIK_HOST_BROWSER</c>: the control plane as browsers reach it; overrides what the snapshot says.</summary>
    public Uri? HostBrowser { get; init; }

    /// <summary><c>AUTHENTIK_LISTEN__HTTP</c>: where proxies ask. Default <c>0.0.0.0:9000</c>.</summary>
    public required IPEndPoint Http { get; init; }

    /// <summary><c>AUTHENTIK_LISTEN__HTTPS</c>: the same with TLS and HTTP/2. Default <c>0.0.0.0:9443</c>.</summary>
    public required IPEndPoint Https { get; init; }

    /// <summary><c>AUTHENTIK_LISTEN__METRICS</c>: Prometheus metrics, and nothing else. Default <c>0.0.0.0:9300</c>.</summary>
    public required IPEndPoint Metrics { get; init; }

    /// <summary>
    /// <c>AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS</c>: whose forwarded headers count, networks or addresses with commas between them; any other peer that sends some is
    /// refused. Default: loopback and private networks; narrow it to your proxies.
    /// </summary>
    public required TrustedProxies TrustedProxies { get; init; }

    /// <summary><c>SIDECAR_IDENTITY_HEADERS</c>: what becomes of a request that brings an identity header itself. <c>ignore</c> is for chained forward-auth, where the proxy that asks replaces all of them by those of the answer. Default <c>refuse</c>.</summary>
    public IdentityHeaderRule IdentityHeaders { get; init; }

    /// <summary><c>AUTHENTIK_LOG_LEVEL</c>: <c>trace</c>, <c>debug</c>, <c>info</c>, <c>warning</c> or <c>error</c>. Default <c>info</c>.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary><c>SIDECAR_DATA</c>: all state; the outpost's own folder in it is <c>outpost</c>. Default <c>./data</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>SIDECAR_MAX_STALE</c>: how long decisions go on without the control plane, from <c>1m</c> to <c>7d</c>. Stale rules may name people who have left. Default <c>12h</c>.</summary>
    public TimeSpan MaxStale { get; init; } = TimeSpan.FromHours(12);

    /// <summary><c>SIDECAR_TLS__CERTIFICATE</c>: a PEM file with the certificate and its chain, read again when it changes. Default: a certificate of the outpost's own CA.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary><c>SIDECAR_TLS__KEY</c>: a PEM file with its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary><c>SIDECAR_TLS__NAMES</c>: more names for the certificate of the own CA, with commas between them, beside the host's name and <c>localhost</c>.</summary>
    public IReadOnlyList<string> TlsNames { get; init; } = [];

    /// <summary><c>SIDECAR_CONTROL_PLANE_SOCKET</c>: this is the embedded outpost; what is not its own goes to this Unix socket. <c>sidecar server</c> sets it.</summary>
    public string? ControlPlaneSocket { get; init; }

    /// <summary>A snapshot given as a file, to run without a control plane.</summary>
    public SnapshotFiles? Files { get; init; }

    public string StateFolder => Path.Combine(DataFolder, "outpost");

    // A record prints its members; a log line must not show the token.
    public override string ToString() => $"OutpostOptions {{ Host = {Host}, DataFolder = {DataFolder} }}";
}
