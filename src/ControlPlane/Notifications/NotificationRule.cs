using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Notifications;

/// <summary>Of which events people are told, and who. Which events, its bindings say: without any it tells of none.</summary>
internal sealed class NotificationRule
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public NotificationSeverity Severity { get; set; }

    /// <summary>Its members are told. A group that is deleted leaves nobody.</summary>
    public Guid? DestinationGroupId { get; set; }

    public Group? DestinationGroup { get; set; }

    /// <summary>Whoever the event is about is told too.</summary>
    public bool DestinationEventUser { get; set; }

    public List<NotificationTransport> Transports { get; } = [];
}
