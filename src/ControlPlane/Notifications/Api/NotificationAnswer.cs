using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Audit.Api;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary>The schema's <c>Notification</c>. Of the event only administrators see more than the line that everybody is told.</summary>
internal sealed record NotificationAnswer
{
    public required Guid Pk { get; init; }

    public required NotificationSeverity Severity { get; init; }

    public required string Body { get; init; }

    public string? Hyperlink { get; init; }

    public string? HyperlinkLabel { get; init; }

    public required DateTimeOffset Created { get; init; }

    // The schema knows no null here.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required EventAnswer? Event { get; init; }

    public required bool Seen { get; init; }

    public static NotificationAnswer Of(Notification notification, AuditEvent? audit) => new()
    {
        Pk = notification.Id,
        Severity = notification.Severity,
        Body = notification.Body,
        Created = notification.CreatedAt,
        Event = audit is null ? null : EventAnswer.Of(audit, _ => null),
        Seen = notification.Seen,
    };
}
