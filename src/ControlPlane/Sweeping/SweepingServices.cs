namespace Sidecar.ControlPlane.Sweeping;

internal static class SweepingServices
{
    public static IServiceCollection AddSweeping(this IServiceCollection services) =>
        services.AddSingleton(new SweepBounds()).AddSingleton<Sweeper>().AddHostedService(provider => provider.GetRequiredService<Sweeper>());
}
