using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, ControlPlaneOptions options) => services
        .AddSingleton(provider => new Database(options, provider.GetRequiredService<ChangeFeed>()))
        .AddScoped(provider => provider.GetRequiredService<Database>().Open());
}
