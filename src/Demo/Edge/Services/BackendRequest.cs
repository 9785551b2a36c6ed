using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Demo.Edge.Services;

/// <summary>The request for the service: the client's Host, the target byte for byte, the peer added to X-Forwarded-For.</summary>
internal sealed class BackendRequest(EdgeExchange exchange, Uri address) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(
            address.GetLeftPart(UriPartial.Authority) + exchange.Target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        proxyRequest.Headers.Host = exchange.Host;
        AddPeer(httpContext, proxyRequest);
    }

    private static void AddPeer(HttpContext http, HttpRequestMessage request)
    {
        if (http.Connection.RemoteIpAddress is { } peer)
        {
            var prior = http.Request.Headers[ManagedHeaders.For].Where(value => !string.IsNullOrEmpty(value));
            request.Headers.Remove(ManagedHeaders.For);
            request.Headers.TryAddWithoutValidation(ManagedHeaders.For, string.Join(", ", [.. prior, PeerAddress.Of(peer)]));
        }
    }
}
