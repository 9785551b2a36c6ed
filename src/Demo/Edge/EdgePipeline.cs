using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Edge.Routing;

namespace Sidecar.Demo.Edge;

/// <summary>What happens to each request: entry point rules, then routers, then the line in the access log.</summary>
internal sealed class EdgePipeline(EdgeOptions options, TraefikFeatures features, RouteTable routes)
{
    private const int KeptAccesses = 10_000;

    private readonly ForwardedHeaders _forwarded = new(options, features);
    private readonly ConcurrentQueue<EdgeAccess> _accesses = [];

    public IReadOnlyList<EdgeAccess> Accesses => [.. _accesses];

    public async Task InvokeAsync(HttpContext http)
    {
        var exchange = new EdgeExchange(http, features, Target(http));
        if (IsRefused(exchange))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            _forwarded.Apply(http);
            ApplyOldConnectionRule(exchange);
            await routes.RunAsync(exchange);
        }

        Note(exchange);
    }

    private bool IsRefused(EdgeExchange exchange) =>
        !UnderscoreHeaders.Accept(exchange.Headers, features.HasUnderscoreStrategy ? options.UnderscoreHeaders : UnderscoreStrategy.Keep)
        || (options.RejectEncodedCharacters && EncodedCharacters.Has(exchange.EncodedPath));

    // The older releases wrap every chain in this instead, and let a client name any header.
    private void ApplyOldConnectionRule(EdgeExchange exchange)
    {
        if (!features.CleansConnectionAtEntryPoint)
        {
            ConnectionHeader.Apply(exchange.Headers, isUntouchable: _ => false, passes: _ => false);
        }
    }

    private string Target(HttpContext http)
    {
        if (HttpMethods.IsConnect(http.Request.Method))
        {
            // The target of CONNECT is an authority; as a path and query it is the root.
            return "/";
        }

        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = raw.StartsWith('/') || !Uri.TryCreate(raw, UriKind.Absolute, out var absolute) ? raw : absolute.PathAndQuery;
        return features.SanitizesPath && options.SanitizePath ? PathSanitizer.Sanitize(target) : target;
    }

    private void Note(EdgeExchange exchange)
    {
        var request = exchange.Http.Request;
        _accesses.Enqueue(new EdgeAccess(
            request.Method, exchange.Host, exchange.Target, exchange.Http.Response.StatusCode, exchange.Router, exchange.ClientUsername));
        while (_accesses.Count > KeptAccesses)
        {
            _accesses.TryDequeue(out _);
        }
    }
}
