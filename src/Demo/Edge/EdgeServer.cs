using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Demo.Edge.Routing;
using Sidecar.Demo.Edge.Services;
using Sidecar.Demo.Edge.Transport;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Demo.Edge;

/// <summary>
/// A reverse proxy on loopback that follows Traefik's written forwardAuth contract, release by release. It is a simulator:
/// it shows what an auth server has to cope with, and proves nothing about a Traefik that does otherwise.
/// </summary>
public sealed class EdgeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EdgePipeline _pipeline;
    private readonly AuthClient _auth;
    private readonly HttpMessageInvoker _client;

    private EdgeServer(WebApplication app, EdgePipeline pipeline, AuthClient auth, HttpMessageInvoker client)
    {
        (_app, _pipeline, _auth, _client) = (app, pipeline, auth, client);
    }

    /// <summary>The entry point web, by address.</summary>
    public Uri HttpAddress => Address("http:");

    /// <summary>The entry point websecure, by address.</summary>
    public Uri HttpsAddress => Address("https:");

    public IReadOnlyList<EdgeAccess> Accesses => _pipeline.Accesses;

    public static async Task<EdgeServer> StartAsync(EdgeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => EdgeListeners.Configure(kestrel, options));
        var app = builder.Build();

        var features = TraefikFeatures.For(options.Profile);
        var (auth, client) = (new AuthClient(options.Tracing), ProxiedBackend.MakeClient());
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var routes = new RouteTableBuilder(options, features, auth, forwarder, client).Build();
        var pipeline = new EdgePipeline(options, features, routes);
        app.Run(pipeline.InvokeAsync);
        await app.StartAsync();
        return new EdgeServer(app, pipeline, auth, client);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _auth.Dispose();
        _client.Dispose();
    }

    private Uri Address(string scheme) => new(_app.Services.GetRequiredService<IServer>()
        .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First(address => address.StartsWith(scheme, StringComparison.Ordinal)));
}
