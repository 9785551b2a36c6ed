namespace Sidecar.Contracts.Channel;

/// <summary>Answer to a poll, and the data of the stream's <c>changes</c> event.</summary>
public sealed record ChangeBatch
{
    public required string Epoch { get; init; }

    /// <summary>Everything up to and including this number is told by this and earlier answers.</summary>
    public required long Newest { get; init; }

    /// <summary>Control-plane time, Unix milliseconds.</summary>
    public required long Time { get; init; }

    /// <summary>True: what was asked for is older than what is kept. Read the snapshot and the revisions of all held principals again.</summary>
    public bool Reset { get; init; }

    public required IReadOnlyList<Change> Changes { get; init; }
}
