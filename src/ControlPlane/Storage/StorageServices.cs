using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Mail;

namespace Sidecar.ControlPlane.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, ControlPlaneOptions options) => services
        .AddSingleton(provider => new Database(options, provider.GetRequiredService<ChangeFeed>(), provider.GetRequiredService<MailSignal>()))
        .AddScoped(provider => provider.GetRequiredService<Database>().Open());
}
