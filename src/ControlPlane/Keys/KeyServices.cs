using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Keys;

internal static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services, ControlPlaneOptions options) =>
        services.AddSingleton(_ => new KeyWrap(SecretKeyFile.Resolve(options)));
}
