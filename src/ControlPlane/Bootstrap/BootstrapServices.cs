using Sidecar.ControlPlane.Directory.Names;

namespace Sidecar.ControlPlane.Bootstrap;

internal static class BootstrapServices
{
    public static IServiceCollection AddBootstrap(this IServiceCollection services) => services.AddScoped<Seeder>().AddScoped<NameKeys>();
}
