using Sidecar.ControlPlane.Mail.Templates;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary>The schema's <c>NotificationTransport</c>.</summary>
internal sealed record TransportAnswer
{
    public required Guid Pk { get; init; }

    public required string Name { get; init; }

    public required TransportMode Mode { get; init; }

    public required string ModeVerbose { get; init; }

    public required string WebhookUrl { get; init; }

    public Guid? WebhookCa { get; init; }

    public Guid? WebhookMappingBody { get; init; }

    public Guid? WebhookMappingHeaders { get; init; }

    public required string EmailSubjectPrefix { get; init; }

    public string EmailTemplate { get; } = MailTemplates.EventNotification;

    public required bool SendOnce { get; init; }

    public static TransportAnswer Of(NotificationTransport transport) => new()
    {
        Pk = transport.Id,
        Name = transport.Name,
        Mode = transport.Mode,
        ModeVerbose = transport.Mode switch
        {
            TransportMode.Local => "Local (shown in the product)",
            TransportMode.Webhook => "Generic webhook",
            TransportMode.WebhookSlack => "Slack webhook (Slack, Discord, Mattermost)",
            _ => "E-mail",
        },
        WebhookUrl = transport.WebhookUrl,
        EmailSubjectPrefix = transport.EmailSubjectPrefix,
        SendOnce = transport.SendOnce,
    };
}
