namespace Sidecar.ControlPlane.Browsers;

/// <summary>How every cookie of the control plane is set: for this host, for HTTP only, not for requests that other sites make in the background.</summary>
internal static class CookieRules
{
    // The scheme is the one that a trusted proxy told, or the connection's own. A cookie without Secure is set only where there is no TLS at all.
    public static bool IsSecure(HttpContext http) => http.Request.IsHttps;

    /// <param name="lifetime">Null: until the browser is closed.</param>
    public static CookieOptions Of(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = IsSecure(http),
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
