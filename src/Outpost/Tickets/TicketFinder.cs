using Microsoft.Extensions.Primitives;
using Sidecar.Decisions;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tickets;

/// <summary>Cookies -> the ticket that stands. A sibling host can plant cookies of our name, so each is tried, and two users at once are nobody.</summary>
internal sealed class TicketFinder(ProofCache<CachedTicket> tickets, PrincipalBehind principals, ContactClock clock)
{
    /// <param name="application">Whose tickets count.</param>
    /// <param name="cookies">The request's <c>Cookie</c> headers.</param>
    /// <param name="budget">How long to wait for the control plane.</param>
    /// <param name="cancel">The request.</param>
    public async ValueTask<ProofOutcome> FindAsync(ApplicationView application, StringValues cookies, TimeSpan budget, CancellationToken cancel)
    {
        var found = ProofOutcome.Refused(Reason.NotSignedIn);
        foreach (var cookie in All(cookies, application.CookieName))
        {
            var outcome = await TryAsync(application, cookie, budget, cancel);
            if (outcome.Proof is not null && found.Proof is not null && outcome.Proof.PrincipalId != found.Proof.PrincipalId)
            {
                return ProofOutcome.Refused(Reason.TwoUsers);
            }

            found = Better(found, outcome);
        }

        return found;
    }

    /// <summary>Checks a ticket that did not come in a cookie yet (from the token endpoint) and remembers it.</summary>
    public async ValueTask<TicketOutcome> ValidateAsync(ApplicationView application, string text)
    {
        var now = clock.ControlPlaneUnixSeconds;
        var cached = tickets.Find(text, application.ClientId);
        if (cached is not null && ReferenceEquals(cached.Ring, application.Ring))
        {
            return cached.ExpiresAt > now ? new TicketOutcome(cached, Reason.Unset) : TicketOutcome.Expired;
        }

        var outcome = await TicketValidator.ValidateAsync(text, application.ClientId, application.Ring, now);
        if (outcome.Ticket is not null)
        {
            tickets.Add(outcome.Ticket, text, now);
        }

        return outcome;
    }

    private static CookieSlice[] All(in StringValues cookies, string name)
    {
        var slots = default(CookieSlots);
        var count = CookieReader.Find(cookies, name, ref slots);
        return ((ReadOnlySpan<CookieSlice>)slots)[..count].ToArray();
    }

    private async ValueTask<ProofOutcome> TryAsync(ApplicationView application, CookieSlice cookie, TimeSpan budget, CancellationToken cancel)
    {
        if (cookie.Length is 0 or > TicketValidator.MaxLength)
        {
            return ProofOutcome.Refused(Reason.TicketInvalid);
        }

        var outcome = await ValidateAsync(application, cookie.Value.ToString());
        return outcome.Ticket is { } ticket
            ? await principals.FindAsync(ticket, ticket.Revision, budget, cancel)
            : ProofOutcome.Refused(outcome.Reason);
    }

    // A standing ticket first; then "cannot tell", which must not end in a redirect; then the most telling refusal.
    private static ProofOutcome Better(ProofOutcome one, ProofOutcome other) => Rank(other) > Rank(one) ? other : one;

    private static int Rank(ProofOutcome outcome) => outcome switch
    {
        { Proof: not null } => 5,
        { Reason: Reason.PrincipalUnavailable } => 4,
        { Reason: Reason.SessionEnded } => 3,
        { Reason: Reason.TicketExpired } => 2,
        { Reason: Reason.TicketInvalid } => 1,
        _ => 0,
    };
}
