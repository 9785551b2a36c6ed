using System.Security.Cryptography.X509Certificates;
using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Rules;

namespace Sidecar.Demo.Edge;

/// <summary>What Traefik calls the static configuration: the release, the entry points web and websecure, and what they trust.</summary>
public sealed record EdgeOptions
{
    public TraefikProfile Profile { get; init; } = TraefikProfile.V3_7_9;

    public EdgeConfiguration Configuration { get; init; } = new();

    /// <summary>Loopback port of the entry point web; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Loopback port of the entry point websecure; absent: no HTTPS.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>Absent: one signed by itself, for *.sidecar.localhost and localhost.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>forwardedHeaders.trustedIPs: addresses or CIDRs whose X-Forwarded headers count.</summary>
    public IReadOnlyList<string> TrustedIps { get; init; } = [];

    /// <summary>forwardedHeaders.insecure: everyone's X-Forwarded headers count.</summary>
    public bool Insecure { get; init; }

    /// <summary>forwardedHeaders.connection: headers that a client's Connection header cannot remove.</summary>
    public IReadOnlyList<string> ConnectionHeaders { get; init; } = [];

    public UnderscoreStrategy UnderscoreHeaders { get; init; }

    /// <summary>http.sanitizePath.</summary>
    public bool SanitizePath { get; init; } = true;

    /// <summary>http.encodedCharacters turned off: %2f and its like are answered with 400.</summary>
    public bool RejectEncodedCharacters { get; init; }

    /// <summary>core.defaultRuleSyntax; absent: that of the release.</summary>
    public RuleSyntax? DefaultRuleSyntax { get; init; }

    /// <summary>Trace context is sent to the auth server.</summary>
    public bool Tracing { get; init; }
}
