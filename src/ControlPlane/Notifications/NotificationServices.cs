using Sidecar.ControlPlane.Notifications.Api;
using Sidecar.ControlPlane.Notifications.Delivery;

namespace Sidecar.ControlPlane.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<EventSignal>().AddSingleton<WebhookClient>().AddSingleton<Deliverer>().AddSingleton<NotificationMail>()
        .AddScoped<NotificationRules>().AddScoped<RuleFields>().AddScoped<TransportFields>()
        .AddSingleton<NotificationWorker>().AddHostedService(provider => provider.GetRequiredService<NotificationWorker>());
}
