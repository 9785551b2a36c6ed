using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.Hosting;

/// <summary>
/// What the server calls for each request. ASP.NET's own would make an activity, a log scope and two generated identifiers for each, because a log is
/// configured; nothing here reads them, and they cost more than the decision.
/// </summary>
internal sealed class OutpostRequests(TelemetryEndpoint telemetry, OutpostDispatcher dispatcher, IServiceScopeFactory scopes) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> connection)
        {
            return NewContext(contextFeatures);
        }

        // One for a connection: the server keeps it from request to request.
        if (connection.HostContext is { } kept)
        {
            kept.Initialize(contextFeatures);
            return kept;
        }

        return connection.HostContext = NewContext(contextFeatures);
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) =>
        telemetry.IsFor(context) ? telemetry.InvokeAsync(context) : dispatcher.InvokeAsync(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    private DefaultHttpContext NewContext(IFeatureCollection features) => new(features) { ServiceScopeFactory = scopes };
}
