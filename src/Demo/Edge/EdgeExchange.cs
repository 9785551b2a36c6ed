
namespace Sidecar.Demo.Edge;

/// <summary>One request on its way through the edge. Middlewares change the target; what the client sent first is in the HTTP context.</summary>
internal sealed class EdgeExchange(HttpContext http, TraefikFeatures features, string target)
{
    public HttpContext Http { get; } = http;

    public TraefikFeatures Features { get; } = features;

    /// <summary>Path and query as the middlewares before this one left them, percent-encoded.</summary>
    public string Target { get; set; } = target;

    public string EncodedPath => Target.Split('?', 2)[0];

    public string Host => Http.Request.Headers.Host.ToString();

    public bool IsTls => Http.Request.IsHttps;

    public IHeaderDictionary Headers => Http.Request.Headers;

    public string? Router { get; set; }

    /// <summary>The name in the access log, from the auth server's headerField.</summary>
    public string? ClientUsername { get; set; }
}
