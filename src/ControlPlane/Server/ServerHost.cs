using Sidecar.ControlPlane.Bootstrap;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Health;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.OpenId;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tickets;

namespace Sidecar.ControlPlane.Server;

/// <summary>Puts the features together and runs them.</summary>
internal static class ServerHost
{
    public static async Task RunAsync(ControlPlaneOptions options)
    {
        System.IO.Directory.CreateDirectory(options.StateFolder);
        await using var app = Build(options);
        await PrepareAsync(app.Services, CancellationToken.None);
        await app.RunAsync();
    }

    internal static WebApplication Build(ControlPlaneOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.ListenHttp.Address, options.ListenHttp.Port));
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddKeys(options)
            .AddChanges(options)
            .AddStorage(options)
            .AddSnapshots()
            .AddTickets()
            .AddOpenId()
            .AddBootstrap();
        var app = builder.Build();
        app.MapHealth();
        app.MapOpenId();
        return app;
    }

    /// <summary>What must be done before the first request: schema and default objects.</summary>
    internal static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetRequiredService<ControlPlaneOptions>().SecretKey.Weakness is { } weakness)
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServerHost)).WeakSecretKey(weakness);
        }

        await using var scope = services.CreateAsyncScope();
        await DatabaseMigrator.MigrateAsync(
            services.GetRequiredService<Database>(), scope.ServiceProvider.GetRequiredService<ControlPlaneContext>(), cancel);
        await scope.ServiceProvider.GetRequiredService<Seeder>().SeedAsync(cancel);
        await services.GetRequiredService<KeyRing>().PrepareAsync(cancel);
    }
}
