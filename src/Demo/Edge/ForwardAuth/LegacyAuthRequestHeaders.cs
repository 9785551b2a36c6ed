using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>
/// Rules R5 to R11 as the older releases write them, and the newer ones while trustForwardHeader is not set:
/// only four managed headers are rebuilt, the others pass as they came.
/// </summary>
internal sealed class LegacyAuthRequestHeaders(ForwardAuthOptions options) : IAuthRequestHeaders
{
    private readonly bool _trusts = options.TrustForwardHeader == true;

    public HeaderLines Of(EdgeExchange exchange)
    {
        var client = ClientHeaders.Copy(exchange);
        var headers = ClientHeaders.Copy(exchange);
        ClientHeaders.Filter(headers, options.AuthRequestHeaders);
        AddForwardedFor(headers, client, exchange);
        Rebuild(headers, client, ManagedHeaders.Method, exchange.Http.Request.Method);
        Rebuild(headers, client, ManagedHeaders.Proto, exchange.IsTls ? "https" : "http");
        Rebuild(headers, client, ManagedHeaders.Host, exchange.Host);
        Rebuild(headers, client, ManagedHeaders.Uri, exchange.Target);
        if (_trusts && client.First(ManagedHeaders.Port) is { Length: > 0 } port)
        {
            headers.Set(ManagedHeaders.Port, port);
        }

        return headers;
    }

    private void AddForwardedFor(HeaderLines headers, HeaderLines client, EdgeExchange exchange)
    {
        if (exchange.Http.Connection.RemoteIpAddress is { } peer)
        {
            var prior = _trusts ? client.Values(ManagedHeaders.For) : [];
            headers.Set(ManagedHeaders.For, string.Join(", ", [.. prior, PeerAddress.Of(peer)]));
        }
    }

    private void Rebuild(HeaderLines headers, HeaderLines client, string name, string own)
    {
        var value = _trusts && client.First(name) is { Length: > 0 } given ? given : own;
        if (value.Length > 0)
        {
            headers.Set(name, value);
        }
        else
        {
            headers.Remove(name);
        }
    }
}
