namespace Sidecar.ControlPlane.Snapshots;

internal static class SnapshotServices
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddSingleton<SnapshotStore>()
        .AddSingleton<SnapshotPublisher>()
        .AddHostedService(provider => provider.GetRequiredService<SnapshotPublisher>());
}
