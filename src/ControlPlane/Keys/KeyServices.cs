using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Keys;

internal static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services, ControlPlaneOptions options)
    {
        services.AddSingleton(_ => new KeyWrap(SecretKeyFile.Resolve(options))).AddSingleton<KeyRing>().AddHostedService<KeyRefresher>();

        // The same name in every replica: a cookie of one opens at the other.
        services.AddDataProtection().SetApplicationName("sidecar").PersistKeysToDbContext<ControlPlaneContext>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyWrap>((management, wrap) => management.XmlEncryptor = new WrapXmlEncryptor(wrap));
        return services;
    }
}
