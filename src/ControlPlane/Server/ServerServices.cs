using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Server;

internal static class ServerServices
{
    public static IServiceCollection AddServer(this IServiceCollection services, ControlPlaneOptions options) => options.EmbeddedOutpost.Enabled
        ? services.AddSingleton<EmbeddedOutpostToken>().AddHostedService<EmbeddedOutpostSupervisor>()
        : services;
}
