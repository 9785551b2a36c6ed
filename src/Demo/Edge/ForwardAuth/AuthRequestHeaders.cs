using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Rules R5 to R11 as the releases write them that tell "false" from "not set".</summary>
internal sealed class AuthRequestHeaders(ForwardAuthOptions options, TraefikFeatures features) : IAuthRequestHeaders
{
    public HeaderLines Of(EdgeExchange exchange)
    {
        var headers = ClientHeaders.Copy(exchange);
        if (options.TrustForwardHeader == false)
        {
            headers.RemoveWhere(name => ManagedHeaders.Has(name, features.StripsAliases));
        }

        ClientHeaders.Filter(headers, Allowed());
        AddForwardedFor(headers, exchange);
        SetIfMissing(headers, ManagedHeaders.Method, exchange.Http.Request.Method);
        SetIfMissing(headers, ManagedHeaders.Proto, exchange.IsTls ? "https" : "http");
        SetIfMissing(headers, ManagedHeaders.Port, ForwardedPort.Of(exchange.Host, headers.First(ManagedHeaders.Proto), exchange.IsTls));
        SetIfMissing(headers, ManagedHeaders.Host, exchange.Host);
        SetIfMissing(headers, ManagedHeaders.Uri, exchange.Target);
        return headers;
    }

    // What the entry point let through is meant to arrive, whatever the list says.
    private IReadOnlyList<string> Allowed() => options.AuthRequestHeaders.Count > 0 && options.TrustForwardHeader == true
        ? [.. options.AuthRequestHeaders, .. ManagedHeaders.Names]
        : options.AuthRequestHeaders;

    private static void AddForwardedFor(HeaderLines headers, EdgeExchange exchange)
    {
        if (exchange.Http.Connection.RemoteIpAddress is { } peer)
        {
            headers.Set(ManagedHeaders.For, string.Join(", ", [.. headers.Values(ManagedHeaders.For), PeerAddress.Of(peer)]));
        }
    }

    private static void SetIfMissing(HeaderLines headers, string name, string value)
    {
        if (headers.First(name).Length == 0)
        {
            headers.Set(name, value);
        }
    }
}
