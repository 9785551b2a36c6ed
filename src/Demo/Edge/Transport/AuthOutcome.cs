namespace Sidecar.Demo.Edge.Transport;

/// <summary>How asking the auth server ended.</summary>
internal abstract record AuthOutcome
{
    private AuthOutcome()
    {
    }

    public sealed record Answered(AuthAnswer Answer) : AuthOutcome;

    /// <summary>The answer's body is over maxResponseBodySize.</summary>
    public sealed record TooLarge : AuthOutcome;

    public sealed record Failed(string Problem) : AuthOutcome;

    public sealed record ClientGone : AuthOutcome;
}
