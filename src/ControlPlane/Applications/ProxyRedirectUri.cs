namespace Sidecar.ControlPlane.Applications;

/// <summary>Where a code for a proxy provider may be sent: the outpost's callback at the external host, exactly.</summary>
internal static class ProxyRedirectUri
{
    private const string Callback = "/outpost.goauthentik.io/callback?X-authentik-auth-callback=true";

    public static string Of(ProxyProvider provider) => provider.ExternalHost.TrimEnd('/') + Callback;
}
