namespace Sidecar.ControlPlane.Notifications;

/// <summary>How a notification gets to people.</summary>
internal enum TransportMode
{
    /// <summary>Shown in the product itself.</summary>
    Local,
    Webhook,

    /// <summary>In the form of Slack's incoming webhooks, which Discord and Mattermost read too.</summary>
    WebhookSlack,
    Email,
}
