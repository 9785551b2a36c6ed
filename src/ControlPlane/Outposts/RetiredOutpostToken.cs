namespace Sidecar.ControlPlane.Outposts;

/// <summary>
/// A token that once opened an outpost's channel. Only a token that is known to be withdrawn is told so:
/// an outpost deletes its state at that word, so it is never said to a token that was simply never seen.
/// </summary>
internal sealed class RetiredOutpostToken
{
    /// <summary>SHA-256.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>One of the reasons of <see cref="Contracts.Channel.Goodbye"/>.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
