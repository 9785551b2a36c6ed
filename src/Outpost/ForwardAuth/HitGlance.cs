using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <param name="Tickets">The cookies that can be tickets.</param>
/// <param name="Hash">Of the only one; of nothing when there is none or more than one.</param>
internal readonly record struct HitGlance(TicketGlance Tickets, ulong Hash);
