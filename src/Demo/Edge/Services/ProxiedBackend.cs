using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Demo.Edge.Services;

/// <summary>A server behind the edge, reached through YARP: bodies and WebSockets stream, a server that is away is 502.</summary>
internal sealed class ProxiedBackend(Uri address, IHttpForwarder forwarder, HttpMessageInvoker client) : IEdgeBackend
{
    private static readonly ForwarderRequestConfig Forever = new() { ActivityTimeout = TimeSpan.FromHours(1) };

    public static HttpMessageInvoker MakeClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    public async Task SendAsync(EdgeExchange exchange)
    {
        var problem = await forwarder.SendAsync(
            exchange.Http, address.AbsoluteUri, client, Forever, new BackendRequest(exchange, address));
        if (problem is ForwarderError.Request or ForwarderError.RequestTimedOut && !exchange.Http.Response.HasStarted)
        {
            exchange.Http.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }
}
