using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Notifications;

/// <summary>Something that still has to be sent. It is deleted once it was, so it is sent at least once.</summary>
internal sealed class NotificationDelivery
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid TransportId { get; init; }

    public NotificationTransport? Transport { get; init; }

    public required Guid EventId { get; init; }

    public required NotificationSeverity Severity { get; init; }

    /// <summary>Null: it is for no single user.</summary>
    public Guid? UserId { get; init; }

    public User? User { get; init; }

    public int Attempts { get; set; }

    /// <summary>Nobody sends it before. Whoever sends it moves this on first, so that no other replica does.</summary>
    public required DateTimeOffset NotBefore { get; set; }
}
