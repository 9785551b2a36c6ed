using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, ControlPlaneOptions options) => services
        .AddSingleton(new Database(options))
        .AddScoped(provider => provider.GetRequiredService<Database>().Open());
}
