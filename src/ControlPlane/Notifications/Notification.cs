using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Notifications;

/// <summary>What one user is told in the product itself.</summary>
internal sealed class Notification
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    /// <summary>No foreign key: the log forgets.</summary>
    public required Guid EventId { get; init; }

    public required NotificationSeverity Severity { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Seen { get; set; }
}
