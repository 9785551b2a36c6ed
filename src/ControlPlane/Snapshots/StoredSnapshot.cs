namespace Sidecar.ControlPlane.Snapshots;

/// <summary>One signed snapshot of one outpost. Old ones are kept, so that two can be compared and one brought back.</summary>
internal sealed class StoredSnapshot
{
    public required Guid OutpostId { get; init; }

    public required string Epoch { get; init; }

    public required long Revision { get; init; }

    public required long ChangeNumber { get; init; }

    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>SHA-256 of the content without revision, change number and time: equal content makes no new revision.</summary>
    public required byte[] ContentHash { get; init; }

    public required byte[] Document { get; init; }
}
