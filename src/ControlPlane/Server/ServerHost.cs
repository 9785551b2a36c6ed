using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Bootstrap;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Channel;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Health;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.OpenId;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.RecoveryKeys;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Sweeping;
using Sidecar.ControlPlane.Tickets;

namespace Sidecar.ControlPlane.Server;

/// <summary>Puts the features together and runs them.</summary>
internal static class ServerHost
{
    // Others have no business in it: it holds the keys of an installation on SQLite.
    private const UnixFileMode StateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static async Task RunAsync(ControlPlaneOptions options)
    {
        ListenCheck.Check(options);
        await using var app = Build(options);
        if (options.EmbeddedOutpost.Enabled)
        {
            // Before the database is opened: another server may be using it.
            var socket = ControlPlaneSocket.PathIn(options.StateFolder);
            ControlPlaneSocket.Prepare(socket);
            app.Lifetime.ApplicationStarted.Register(() => ControlPlaneSocket.Restrict(socket));
        }

        await PrepareAsync(app.Services, CancellationToken.None);
        await app.RunAsync();
    }

    internal static WebApplication Build(ControlPlaneOptions options)
    {
        System.IO.Directory.CreateDirectory(options.StateFolder, StateMode);
        var builder = HostBuilders.Create();
        builder.Logging.SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)

            // At "info" it logs the query of each request, and with it codes and one-time links.
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)

            // At info it prints whole requests: states, code challenges and verifiers.
            .AddFilter("OpenIddict", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.EmbeddedOutpost.Enabled)
            {
                kestrel.ListenUnixSocket(ControlPlaneSocket.PathIn(options.StateFolder));
            }
            else
            {
                kestrel.Listen(options.ListenHttp.Address, options.ListenHttp.Port);
            }
        });
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddKeys(options)
            .AddChanges(options)
            .AddStorage(options)
            .AddInstallation()
            .AddSnapshots()
            .AddTickets()
            .AddChannel()
            .AddSweeping()
            .AddMail()
            .AddServer(options)
            .AddFlows()
            .AddPolicies()
            .AddNotifications()
            .AddSetUp()
            .AddOpenId()
            .AddBootstrap()
            .AddApi();
        var app = builder.Build();
        app.UseForwardedPeers(options);
        app.UseApi();
        app.MapHealth();
        app.MapChannel();
        app.MapSignIn();
        app.MapSetUp();
        app.MapFlowPages();
        app.MapFlowApi();
        app.MapLibrary();
        app.MapRecoveryKeys();
        app.MapOpenId();
        app.MapApi();
        return app;
    }

    /// <summary>What must be done before the first request: schema, default objects, keys.</summary>
    internal static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServerHost));
        var options = services.GetRequiredService<ControlPlaneOptions>();
        if (options.SecretKey.Weakness is { } weakness)
        {
            log.WeakSecretKey(weakness);
        }

        if (!options.EmbeddedOutpost.Enabled)
        {
            log.TrustedPeers(string.Join(", ", options.TrustedProxies));
        }

        await using var scope = services.CreateAsyncScope();
        await DatabaseMigrator.MigrateAsync(
            services.GetRequiredService<Database>(), scope.ServiceProvider.GetRequiredService<ControlPlaneContext>(), cancel);
        await scope.ServiceProvider.GetRequiredService<Seeder>().SeedAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<NameKeys>().BringUpToDateAsync(cancel);
        await services.GetRequiredService<KeyRing>().PrepareAsync(cancel);
        await services.GetRequiredService<RestoreGuard>().PrepareAsync(cancel);
    }
}
