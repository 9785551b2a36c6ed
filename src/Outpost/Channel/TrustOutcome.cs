namespace Sidecar.Outpost.Channel;

/// <summary>What became of a trust document.</summary>
internal abstract record TrustOutcome
{
    private TrustOutcome() { }

    /// <param name="Record">What is pinned now.</param>
    /// <param name="IsFirst">Nothing was pinned before.</param>
    /// <param name="IsNewEpoch">The control plane's database was restored.</param>
    public sealed record Accepted(TrustRecord Record, bool IsFirst, bool IsNewEpoch) : TrustOutcome;

    public sealed record Refused(string Why) : TrustOutcome;
}
