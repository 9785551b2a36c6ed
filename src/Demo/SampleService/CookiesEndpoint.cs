namespace Sidecar.Demo.SampleService;

/// <summary>Sets two cookies of its own: a proxy that joins or drops one of them breaks real services.</summary>
internal static class CookiesEndpoint
{
    public static Task AnswerAsync(HttpContext http)
    {
        http.Response.Cookies.Append("first", "1");
        http.Response.Cookies.Append("second", "2");
        return HeadersEndpoint.AnswerAsync(http);
    }
}
