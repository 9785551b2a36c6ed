namespace Sidecar.Contracts.Channel;

/// <summary>One entry of the change log, as this outpost may see it.</summary>
public sealed record Change
{
    /// <summary>Number order is commit order.</summary>
    public required long Number { get; init; }

    /// <summary>One of <see cref="ChangeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>With <see cref="ChangeKind.Principal"/>: whose.</summary>
    public Guid? Principal { get; init; }

    /// <summary>With <see cref="ChangeKind.Snapshot"/>: the revision that stands.</summary>
    public long? Revision { get; init; }

    /// <summary>With <see cref="ChangeKind.Snapshot"/>.</summary>
    public string? Epoch { get; init; }
}
