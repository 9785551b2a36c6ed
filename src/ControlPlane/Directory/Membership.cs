namespace Sidecar.ControlPlane.Directory;

/// <summary>A user's direct membership in a group.</summary>
internal sealed class Membership
{
    public required Guid UserId { get; init; }

    public required Guid GroupId { get; init; }
}
