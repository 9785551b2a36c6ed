namespace Sidecar.ControlPlane.Api.Access;

/// <summary>What came of asking who calls.</summary>
internal abstract record CallerOutcome
{
    private CallerOutcome()
    {
    }

    public sealed record Known(ApiCaller Caller) : CallerOutcome;

    /// <summary>Neither a token nor a session.</summary>
    public sealed record Nobody : CallerOutcome;

    // One outcome for a wrong, an expired and a disabled user's token: telling them apart helps only who tries tokens.
    public sealed record BadCredentials : CallerOutcome;

    /// <summary>A browser's session without proof that our own page sent the request.</summary>
    public sealed record Forged : CallerOutcome;
}
