using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Outpost.Forwarding;

/// <summary>Hands what is not the outpost's own to the control plane on its Unix socket, WebSockets and streams too. Only in the embedded outpost.</summary>
internal sealed class ControlPlaneForwarder(IHttpForwarder forwarder, OutpostOptions options) : IDisposable
{
    private const string Destination = "http://control-plane";

    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = System.Net.HttpVersion.Version11,
        // A stream or a circuit that is idle for a while is not broken.
        ActivityTimeout = TimeSpan.FromMinutes(10),
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ConnectCallback = ChannelHttp.ConnectTo(options.ControlPlaneSocket!),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    private readonly ForwardedRequest _transformer = new(options.TrustedProxies);

    public async Task ForwardAsync(HttpContext context)
    {
        // The dispatcher has set a status for answers that nobody gives; the forwarder takes one that is set for an answer that has begun.
        // Until it writes the control plane's own, an exception or an error ends in a status below.
        context.Response.StatusCode = StatusCodes.Status200OK;
        var error = await forwarder.SendAsync(context, Destination, _client, Config, _transformer);
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            await AwayPage.WriteAsync(context, error);
        }
    }

    public void Dispose() => _client.Dispose();
}
