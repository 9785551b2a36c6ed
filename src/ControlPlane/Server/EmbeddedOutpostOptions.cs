using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Server;

/// <summary>Whether, and from where, the server starts an outpost of its own.</summary>
internal sealed record EmbeddedOutpostOptions
{
    /// <summary><c>AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST</c>: with <c>true</c> the control plane listens itself. Default <c>false</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>SIDECAR_OUTPOST_PATH</c>: the executable of the embedded outpost. Default: <c>sidecar-outpost</c> beside this program.</summary>
    public required string Executable { get; init; }

    /// <summary><c>AUTHENTIK_LISTEN__HTTPS</c>: the embedded outpost, with TLS and HTTP/2. Default <c>0.0.0.0:9443</c>.</summary>
    public required ListenAddress ListenHttps { get; init; }

    /// <summary><c>AUTHENTIK_LISTEN__METRICS</c>: Prometheus metrics of the embedded outpost. Default <c>0.0.0.0:9300</c>.</summary>
    public required ListenAddress ListenMetrics { get; init; }

    public static EmbeddedOutpostOptions Read(EnvironmentReader reader) => new()
    {
        Enabled = !reader.Flag("AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST", fallback: false),
        Executable = reader.Text("SIDECAR_OUTPOST_PATH", Path.Combine(AppContext.BaseDirectory, "sidecar-outpost")),
        ListenHttps = reader.Listen("AUTHENTIK_LISTEN__HTTPS", "0.0.0.0:9443"),
        ListenMetrics = reader.Listen("AUTHENTIK_LISTEN__METRICS", "0.0.0.0:9300"),
    };
}
