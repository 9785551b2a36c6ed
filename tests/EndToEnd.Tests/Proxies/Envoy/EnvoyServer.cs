using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Services;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.EndToEnd.Tests.Proxies.Envoy;

/// <summary>
/// A listener that follows Envoy's documentation for the README's block: it shows what an outpost has to cope with, and proves nothing about an Envoy that
/// does otherwise.
/// </summary>
internal sealed class EnvoyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = ProxiedBackend.MakeClient();
    private readonly EnvoyConfiguration _configuration;
    private readonly EnvoyCheck _check;
    private readonly Func<string, ProxiedBackend> _cluster;

    private EnvoyServer(WebApplication app, EnvoyConfiguration configuration, Uri sidecar, Uri service)
    {
        (_app, _configuration) = (app, configuration);
        _check = new EnvoyCheck(configuration, _client, sidecar);
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        _cluster = name => new ProxiedBackend(name == "sidecar" ? sidecar : service, forwarder, _client);
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<EnvoyServer> StartAsync(string yaml, Uri sidecar, Uri service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var server = new EnvoyServer(app, EnvoyConfiguration.Read(yaml), sidecar, service);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = PathSanitizer.Sanitize(Uri.TryCreate(raw, UriKind.Absolute, out var absolute) && !raw.StartsWith('/') ? absolute.PathAndQuery : raw);
        if (IsRefused(http.Request, raw))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        RemoveUpgradeToH2(http.Request.Headers);
        var route = _configuration.Find(http.Request.Host.Value ?? "", target.Split('?')[0]);
        if (route is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!route.IsChecked || await _check.PassesAsync(http, target))
        {
            await RouteAsync(http, route, target);
        }
    }

    // headers_with_underscores_action and path_with_escaped_slashes_action, both REJECT_REQUEST in the block.
    private static bool IsRefused(HttpRequest request, string target)
    {
        var path = target.Split('?')[0];
        return request.Headers.Any(header => header.Key.Contains('_', StringComparison.Ordinal)) || path.Contains('\\', StringComparison.Ordinal)
            || path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase);
    }

    private static void RemoveUpgradeToH2(IHeaderDictionary headers)
    {
        if (headers.Upgrade == "h2c")
        {
            headers.Remove("Upgrade");
            headers.Remove("Connection");
            headers.Remove("HTTP2-Settings");
        }
    }

    private Task RouteAsync(HttpContext http, EnvoyRoute route, string target)
    {
        if (route.Cluster is not null)
        {
            return _cluster(route.Cluster).SendAsync(new EdgeExchange(http, TraefikFeatures.For(TraefikProfile.V3_7_9), target));
        }

        http.Response.StatusCode = route.Status;
        return Task.CompletedTask;
    }
}
