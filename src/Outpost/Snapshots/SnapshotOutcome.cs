namespace Sidecar.Outpost.Snapshots;

/// <summary>What became of a snapshot that arrived.</summary>
internal abstract record SnapshotOutcome
{
    private SnapshotOutcome() { }

    public sealed record Accepted(long Revision) : SnapshotOutcome;

    /// <summary>It is the one that stands.</summary>
    public sealed record Same : SnapshotOutcome;

    /// <param name="Why">Short and stable: log, report and admin interface show it.</param>
    /// <param name="IsUnknownKey">The control plane may have endorsed a new key in the meantime.</param>
    public sealed record Refused(string Why, bool IsUnknownKey = false) : SnapshotOutcome;
}
