using Microsoft.AspNetCore.Hosting.Server;
using Sidecar.Outpost.Assertions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Forwarding;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tls;

namespace Sidecar.Outpost.Hosting;

/// <summary>Puts the program together. Tests start it with their own clock and port 0.</summary>
internal static class OutpostHost
{
    /// <exception cref="OutpostStartException">Something that it needs cannot be used.</exception>
    public static WebApplication Build(OutpostOptions options, TimeProvider? time = null, Action<WebApplicationBuilder>? adjust = null)
    {
        // No settings files are read, and none watched: from / that would be a watch on every folder of the container.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = AppContext.BaseDirectory,
        });
        OutpostLogging.Configure(builder.Logging, options);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Configure(kestrel, options));
        OutpostServer.Register(builder.Services);
        AddServices(builder.Services, options, time ?? TimeProvider.System);
        adjust?.Invoke(builder);
        var app = builder.Build();
        Prepare(app, options);
        return app;
    }

    private static void Prepare(WebApplication app, OutpostOptions options)
    {
        app.Services.GetRequiredService<ServerCertificates>().Load();
        if (options.Files is null)
        {
            app.Services.GetRequiredService<StateRestorer>().Restore();
        }
        else
        {
            app.Services.GetRequiredService<SnapshotFileLoader>().Load(options.Files);
        }

        // Now, so that what cannot be made stops the start.
        app.Services.GetRequiredService<IHttpApplication<DefaultHttpContext>>();
    }

    private static void AddServices(IServiceCollection services, OutpostOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.TrustedProxies);
        services.AddSingleton(time);
        AddState(services, options, time);
        AddTelemetry(services);
        AddChannel(services, options);
        if (options.ControlPlaneSocket is not null)
        {
            services.AddHttpForwarder();
            services.AddSingleton<ControlPlaneForwarder>();
            services.AddSingleton(_ => new ParentInput(Console.OpenStandardInput()));
            services.AddHostedService<ParentWatch>();
        }

        services.AddHostedService<StartLog>();
        services.AddHostedService<HeapTrim>();
        services.AddForwardAuth();
    }

    private static void AddState(IServiceCollection services, OutpostOptions options, TimeProvider time)
    {
        services.AddSingleton(provider => StateFolder.Open(
            options.StateFolder, options.Files is null ? options.Token : "", provider.GetRequiredService<ILogger<StateFolder>>()));
        services.AddSingleton(provider => OutpostIdentity.Obtain(provider.GetRequiredService<StateFolder>()));
        services.AddSingleton(provider => new AssertionKey(provider.GetRequiredService<OutpostIdentity>().TryImportKey()!));
        services.AddSingleton(new ContactClock(time, options.Files is null ? options.MaxStale : TimeSpan.MaxValue));
        services.AddSingleton<ContactKeeper>();
        services.AddSingleton<ServingHolder>();
        services.AddSingleton<SnapshotReceiver>();
        services.AddSingleton<SnapshotFileLoader>();
        services.AddSingleton<TrustKeeper>();
        services.AddSingleton<ChannelEpoch>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton(provider => new PrincipalTable(
            provider.GetRequiredService<IPrincipalSource>(),
            provider.GetRequiredService<ChannelEpoch>(),
            provider.GetRequiredService<EndedSessions>(),
            time));
        services.AddSingleton<PrincipalKeeper>();
        services.AddSingleton<StateRestorer>();
        services.AddSingleton<ServerCertificates>();
        services.AddHostedService<CertificateService>();
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.AddSingleton<OutpostMetrics>();
        services.AddSingleton<MetricsText>();
        services.AddSingleton<OutpostHealth>();
        services.AddSingleton<TelemetryEndpoint>();
        services.AddSingleton<ChannelState>();
    }

    private static void AddChannel(IServiceCollection services, OutpostOptions options)
    {
        services.AddSingleton<ChannelCaller>();
        services.AddSingleton(provider => new ControlPlaneClient(
            options.Files is null ? provider.GetRequiredService<ChannelHttp>() : null,
            provider.GetRequiredService<ChannelCaller>(),
            provider.GetRequiredService<ChannelEpoch>(),
            options));
        services.AddSingleton<IPrincipalSource>(provider => provider.GetRequiredService<ControlPlaneClient>());
        if (options.Files is not null)
        {
            return;
        }

        services.AddSingleton(provider => new ChannelHttp(options, provider.GetRequiredService<OutpostIdentity>().Instance));
        services.AddSingleton<ChannelApi>();
        services.AddSingleton<HeldChanges>();
        services.AddSingleton<ChannelSync>();
        services.AddSingleton<ChannelListener>();
        services.AddSingleton<ChannelRefresher>();
        services.AddSingleton<ChannelGoodbye>();
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<PrincipalPrefetch>();
        services.AddSingleton<SessionEndSender>();
        services.AddSingleton<OutpostExit>();
        services.AddHostedService<PrincipalKeeperService>();
        services.AddHostedService<ChannelService>();
    }
}
