using Sidecar.Decisions;

namespace Sidecar.Outpost.Tickets;

/// <summary>A validated ticket, or why there is none.</summary>
internal readonly record struct TicketOutcome(CachedTicket? Ticket, Reason Reason)
{
    public static TicketOutcome Invalid => new(null, Reason.TicketInvalid);

    public static TicketOutcome Expired => new(null, Reason.TicketExpired);
}
