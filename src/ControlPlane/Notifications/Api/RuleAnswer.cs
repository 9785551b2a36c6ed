using Sidecar.ControlPlane.Directory.Api;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary>The schema's <c>NotificationRule</c>.</summary>
internal sealed record RuleAnswer
{
    // Of a group with very many members only their numbers are told here.
    private static readonly GroupIncludes Plain = new(Users: false, Parents: false, Children: false);

    public required Guid Pk { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<Guid> Transports { get; init; }

    public required NotificationSeverity Severity { get; init; }

    public required Guid? DestinationGroup { get; init; }

    public required GroupAnswer? DestinationGroupObj { get; init; }

    public required bool DestinationEventUser { get; init; }

    /// <param name="rule">With its transports, and its group with what an answer says of it.</param>
    public static RuleAnswer Of(NotificationRule rule) => new()
    {
        Pk = rule.Id,
        Name = rule.Name,
        Transports = [.. rule.Transports.OrderBy(transport => transport.Name, StringComparer.Ordinal).Select(transport => transport.Id)],
        Severity = rule.Severity,
        DestinationGroup = rule.DestinationGroupId,
        DestinationGroupObj = rule.DestinationGroup is { } group ? GroupAnswer.Of(group, Plain) : null,
        DestinationEventUser = rule.DestinationEventUser,
    };
}
