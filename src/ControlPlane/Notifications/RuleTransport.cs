namespace Sidecar.ControlPlane.Notifications;

/// <summary>A rule tells by a transport.</summary>
internal sealed class RuleTransport
{
    public required Guid RuleId { get; init; }

    public required Guid TransportId { get; init; }
}
