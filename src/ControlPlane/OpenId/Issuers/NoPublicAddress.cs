namespace Sidecar.ControlPlane.OpenId.Issuers;

/// <summary>The answer while no public address is configured. To guess one from the request would let anybody choose the issuer.</summary>
internal static class NoPublicAddress
{
    private static readonly object Body = new
    {
        error = "not_configured",
        error_description =
            "This installation does not know its public address yet. Finish the set-up at /if/flow/initial-setup/, or set authentik_host at the embedded outpost.",
    };

    public static Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(Body, http.RequestAborted);
    }
}
