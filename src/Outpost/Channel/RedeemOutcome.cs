using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Channel;

/// <summary>How redeeming an authorization code ended.</summary>
internal abstract record RedeemOutcome
{
    private RedeemOutcome() { }

    /// <summary>The ID token is not yet checked: that is the caller's part, who knows nonce and issuer.</summary>
    public sealed record Redeemed(string IdToken, TicketGrant Grant) : RedeemOutcome
    {
        public override string ToString() => $"Redeemed {{ {Grant} }}";
    }

    /// <param name="Error">OAuth error code (RFC 6749 section 5.2), for the log.</param>
    public sealed record Refused(string Error) : RedeemOutcome;

    public sealed record Unavailable : RedeemOutcome;
}
