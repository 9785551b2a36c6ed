using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;

namespace Sidecar.Outpost.Telemetry;

/// <summary>The metrics listener: <c>/metrics</c>, health, and authentik's ping. Nothing of it is answered on the other listeners.</summary>
internal sealed class TelemetryEndpoint(MetricsText metrics, OutpostHealth health, IServer server, Configuration.OutpostOptions options)
{
    private int _port;

    public bool IsFor(HttpContext context) => context.Features.Get<IHttpConnectionFeature>()?.LocalPort == Port();

    public Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        switch (context.Request.Path.Value)
        {
            case "/metrics" or "/":
                response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                return response.WriteAsync(metrics.Write(), context.RequestAborted);
            case "/outpost.goauthentik.io/ping" or "/-/health/live/":
                response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            case "/-/health/ready/":
                return WriteReadyAsync(response);
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private Task WriteReadyAsync(HttpResponse response)
    {
        if (health.NotReady is not { } reason)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync($"{Reasons.IdOf(reason)}: {Reasons.HelpOf(reason)}\n");
    }

    // Port 0 is known only once the server has started. The listeners are bound in the order http, https, metrics.
    private int Port()
    {
        if (_port == 0)
        {
            _port = options.Metrics.Port != 0 ? options.Metrics.Port : BoundPort();
        }

        return _port;
    }

    private int BoundPort() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.LastOrDefault() is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? uri.Port
            : IPEndPoint.MaxPort + 1;
}
