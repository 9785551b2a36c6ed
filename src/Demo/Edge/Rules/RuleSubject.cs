using System.Net;

namespace Sidecar.Demo.Edge.Rules;

/// <summary>What a rule may look at. Host is without port and lower case; path is decoded as the release decodes it for routing.</summary>
internal sealed record RuleSubject(string Host, string Path, string Method, IHeaderDictionary Headers, IPAddress? Peer)
{
    public static RuleSubject Of(EdgeExchange exchange) => new(
        WithoutPort(exchange.Host),
        RoutingPath.Of(exchange.EncodedPath, exchange.Features.SanitizesPath),
        exchange.Http.Request.Method,
        exchange.Headers,
        exchange.Http.Connection.RemoteIpAddress);

    private static string WithoutPort(string authority)
    {
        var colon = authority.LastIndexOf(':');
        var host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
        return host.TrimEnd('.').ToLowerInvariant();
    }
}
