namespace Sidecar.Demo.Edges;

/// <summary>The headers that tell a service who its user is, for proxies that want each by name.</summary>
internal static class IdentityHeaders
{
    public static readonly IReadOnlyList<string> Names =
    [
        "X-authentik-username", "X-authentik-groups", "X-authentik-entitlements", "X-authentik-email", "X-authentik-name", "X-authentik-uid",
        "X-authentik-jwt", "X-authentik-meta-jwks", "X-authentik-meta-outpost", "X-authentik-meta-provider", "X-authentik-meta-app",
        "X-authentik-meta-version",
    ];
}
