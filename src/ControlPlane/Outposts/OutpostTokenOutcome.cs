namespace Sidecar.ControlPlane.Outposts;

/// <summary>What a token on the channel turned out to be.</summary>
internal abstract record OutpostTokenOutcome
{
    private OutpostTokenOutcome()
    {
    }

    public sealed record Accepted(OutpostIdentity Outpost) : OutpostTokenOutcome;

    /// <summary>It opened a channel once. The outpost is told, stops and deletes its state.</summary>
    public sealed record Withdrawn(string Reason) : OutpostTokenOutcome;

    public sealed record Unknown : OutpostTokenOutcome;
}
