using Sidecar.ControlPlane.Mail.Templates;

namespace Sidecar.ControlPlane.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailSignal>().AddSingleton<MailOutbox>().AddSingleton<MailTemplates>()
        .AddSingleton<MailSender>().AddHostedService(provider => provider.GetRequiredService<MailSender>());
}
