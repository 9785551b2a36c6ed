namespace Sidecar.ControlPlane.Sweeping;

internal static class SweepingServices
{
    public static IServiceCollection AddSweeping(this IServiceCollection services) =>
        services.AddSingleton<Sweeper>().AddHostedService(provider => provider.GetRequiredService<Sweeper>());
}
