using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId;

/// <summary>The scopes that a proxy provider has; any other that is asked for is not granted.</summary>
internal static class OpenIdScopes
{
    /// <summary>authentik's scope of what a proxy needs to know of a user.</summary>
    public const string Proxy = "ak_proxy";

    public static readonly string[] All = [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess, Proxy];
}
