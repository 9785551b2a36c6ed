namespace Sidecar.Outpost.SignIn;

/// <summary>The outpost's own addresses. They are authentik's, so that proxies configured for it work unchanged.</summary>
internal static class OutpostPaths
{
    public const string Folder = "/outpost.goauthentik.io";
    public const string Prefix = Folder + "/";
    public const string Start = Prefix + "start";
    public const string Callback = Prefix + "callback";
    public const string SignOut = Prefix + "sign_out";
    public const string Ping = Prefix + "ping";
    public const string AuthTraefik = Prefix + "auth/traefik";
    public const string AuthCaddy = Prefix + "auth/caddy";
    public const string AuthNginx = Prefix + "auth/nginx";
    public const string AuthEnvoy = Prefix + "auth/envoy";

    /// <summary>Query members that mark a callback or a sign-out on any path, so that a proxy needs no route of its own for them.</summary>
    public const string CallbackSignature = "X-authentik-auth-callback";
    public const string LogoutSignature = "X-authentik-logout";
}
