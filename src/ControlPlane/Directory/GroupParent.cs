namespace Sidecar.ControlPlane.Directory;

/// <summary>One group lies in another.</summary>
internal sealed class GroupParent
{
    public required Guid GroupId { get; init; }

    public required Guid ParentId { get; init; }
}
