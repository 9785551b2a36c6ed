using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Notifications;

namespace Sidecar.ControlPlane.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, ControlPlaneOptions options) => services
        .AddSingleton(provider => new Database(
            options, provider.GetRequiredService<ChangeFeed>(), provider.GetRequiredService<MailSignal>(), provider.GetRequiredService<EventSignal>()))
        .AddScoped(provider => provider.GetRequiredService<Database>().Open());
}
