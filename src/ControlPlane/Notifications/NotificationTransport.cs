namespace Sidecar.ControlPlane.Notifications;

/// <summary>A way on which notifications go out.</summary>
internal sealed class NotificationTransport
{
    public const string DefaultSubjectPrefix = "Sidecar notification: ";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public TransportMode Mode { get; set; }

    /// <summary>Whoever knows it may post there: it is in no log and no event.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>What the subject of a mail begins with.</summary>
    public string EmailSubjectPrefix { get; set; } = DefaultSubjectPrefix;

    /// <summary>Once for an event, and not for each of its receivers.</summary>
    public bool SendOnce { get; set; }
}
