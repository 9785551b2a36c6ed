namespace Sidecar.Demo.SampleService;

/// <summary>Answers every path with the request itself: a page for people, JSON for programs.</summary>
internal static class HeadersEndpoint
{
    public static Task AnswerAsync(HttpContext http)
    {
        var seen = SeenRequest.Of(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return WantsJson(http.Request)
            ? http.Response.WriteAsJsonAsync(seen)
            : PageAsync(http.Response, HeadersPage.Render(seen));
    }

    private static bool WantsJson(HttpRequest request) =>
        request.Path == "/json"
        || (request.Headers.Accept.ToString() is { } accept && accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private static Task PageAsync(HttpResponse response, string html)
    {
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(html);
    }
}
