using System.Diagnostics.CodeAnalysis;

namespace Sidecar.Demo.Edge;

/// <summary>The Traefik release whose forwardAuth behaviour the edge follows.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "V3_7_9 is version 3.7.9")]
public enum TraefikProfile
{
    V2_10,
    V2_11_42,
    V2_11_53,
    V3_0,
    V3_3,
    V3_6_13,
    V3_7_9,

    /// <summary>Traefik v3.7 as a stand-in for ingress-nginx: its own way of asking, not forwardAuth's.</summary>
    IngressNginx,
}
