using Sidecar.Contracts.Signing;
using Sidecar.Outpost.Assertions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Forwarding;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.Hosting;

/// <summary>Puts the program together. Tests start it with their own clock and port 0.</summary>
internal static class OutpostHost
{
    public static WebApplication Build(OutpostOptions options, TimeProvider? time = null, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        OutpostLogging.Configure(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Configure(kestrel, options));
        AddServices(builder.Services, options, time ?? TimeProvider.System);
        adjust?.Invoke(builder);
        var app = builder.Build();
        var dispatcher = app.Services.GetRequiredService<OutpostDispatcher>();
        app.Run(dispatcher.InvokeAsync);
        return app;
    }

    private static void AddServices(IServiceCollection services, OutpostOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.TrustedProxies);
        services.AddSingleton(time);
        services.AddSingleton(new ContactClock(time, options.MaxStale));
        services.AddSingleton<ServingHolder>();
        services.AddSingleton<OutpostMetrics>();
        services.AddSingleton<ChannelEpoch>();
        services.AddSingleton<ChannelCaller>();
        services.AddSingleton(new EndedSessions(time));
        services.AddSingleton(new AssertionKey(EcKeys.Create()));
        services.AddSingleton(provider => new ControlPlaneClient(
            options.Files is null ? new ChannelHttp(options, Guid.NewGuid()) : null,
            provider.GetRequiredService<ChannelCaller>(),
            provider.GetRequiredService<ChannelEpoch>(),
            options));
        services.AddSingleton<IPrincipalSource>(provider => provider.GetRequiredService<ControlPlaneClient>());
        services.AddSingleton(provider => new PrincipalTable(
            provider.GetRequiredService<IPrincipalSource>(),
            provider.GetRequiredService<ChannelEpoch>(),
            provider.GetRequiredService<EndedSessions>(),
            time));
        if (options.ControlPlaneSocket is not null)
        {
            services.AddHttpForwarder();
            services.AddSingleton<ControlPlaneForwarder>();
        }

        services.AddForwardAuth();
    }
}
