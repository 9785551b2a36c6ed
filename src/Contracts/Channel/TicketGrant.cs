using Sidecar.Contracts.Principals;

namespace Sidecar.Contracts.Channel;

/// <summary>The member <c>sidecar</c> of a token response (RFC 6749 section 5.1) to an outpost that serves the client.</summary>
public sealed record TicketGrant
{
    /// <summary>The ticket, a compact JWS.</summary>
    public required string Ticket { get; init; }

    public required Principal Principal { get; init; }

    public const string MemberName = "sidecar";

    public override string ToString() => $"TicketGrant {{ Principal = {Principal.Id} }}";
}
