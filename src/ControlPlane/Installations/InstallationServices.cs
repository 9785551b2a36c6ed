namespace Sidecar.ControlPlane.Installations;

internal static class InstallationServices
{
    public static IServiceCollection AddInstallation(this IServiceCollection services) => services
        .AddSingleton<RestoredDatabase>()
        .AddSingleton<RestoreGuard>().AddHostedService(provider => provider.GetRequiredService<RestoreGuard>());
}
