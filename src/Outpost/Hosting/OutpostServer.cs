using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Sidecar.Outpost.Hosting;

/// <summary>Kestrel, which hands its requests to <see cref="OutpostRequests"/> and not to the pipeline that the host builds.</summary>
internal sealed class OutpostServer(IServer kestrel, Func<IHttpApplication<DefaultHttpContext>> requests) : IServer
{
    private const string Kestrel = "kestrel";

    public IFeatureCollection Features => kestrel.Features;

    /// <summary>Puts itself in the place of the server that is registered.</summary>
    public static void Register(IServiceCollection services)
    {
        var server = services.Single(service => service.ServiceType == typeof(IServer));
        services.Remove(server);
        services.AddKeyedSingleton(typeof(IServer), Kestrel, server.ImplementationType!);
        services.AddSingleton<IHttpApplication<DefaultHttpContext>, OutpostRequests>();
        // Late, because the metrics listener is found by the server's addresses.
        services.AddSingleton<IServer>(provider => new OutpostServer(
            provider.GetRequiredKeyedService<IServer>(Kestrel), provider.GetRequiredService<IHttpApplication<DefaultHttpContext>>));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => kestrel.StartAsync(requests(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    public void Dispose()
    {
        // The container made Kestrel, and disposes of it.
    }
}
