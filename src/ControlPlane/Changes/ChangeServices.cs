using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Changes;

internal static class ChangeServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services, ControlPlaneOptions options)
    {
        services.AddSingleton<ChangeFeed>().AddSingleton<ChangePoller>().AddHostedService(provider => provider.GetRequiredService<ChangePoller>());
        return options.Redis is { } redis ? services.AddSingleton(redis).AddHostedService<RedisAnnouncer>() : services;
    }
}
