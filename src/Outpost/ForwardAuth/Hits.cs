using Microsoft.Extensions.Primitives;
using Sidecar.Decisions;
using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// What is known already: a proof that was checked, a person who is held, an answer that was made for both. Whatever is not exactly so is no hit, never a
/// refusal: the slow path looks again and says why.
/// </summary>
internal sealed class Hits(ProofCache<CachedTicket> tickets, ProofCache<AcceptedCredential> credentials, PrincipalTable principals, IdentityAnswers answers)
{
    /// <summary>To be asked as soon as the cookies are known, before the application is.</summary>
    public HitGlance Glance(in StringValues cookies)
    {
        var glance = TicketGlance.At(cookies);
        return new HitGlance(glance, tickets.Announce(glance.Only));
    }

    /// <summary>To be asked once the application's place is known, and before anything of the application is read: what both will need comes at the same time.</summary>
    public void Approach(in HitGlance glance, ApplicationView application)
    {
        Prefetch.Object(application, ApplicationView.Lines);
        if (glance.Tickets.IsOnly)
        {
            tickets.Approach(glance.Hash);
        }
    }

    /// <param name="glance">At these cookies.</param>
    /// <param name="application">Of the snapshot in force.</param>
    /// <param name="dialect">Who asks.</param>
    /// <param name="path">As the proxy sent it.</param>
    /// <param name="cookies">The request's <c>Cookie</c> headers.</param>
    /// <param name="authorization">The request's <c>Authorization</c> headers.</param>
    /// <param name="now">Unix seconds of control-plane time.</param>
    /// <param name="reason">Why it is allowed.</param>
    /// <returns>What to answer 200 with; null when it is no hit.</returns>
    public IdentityAnswer? Find(
        in HitGlance glance,
        ApplicationView application,
        Dialect dialect,
        ReadOnlySpan<char> path,
        in StringValues cookies,
        in StringValues authorization,
        long now,
        out Reason reason)
    {
        reason = Reason.Unset;
        if (ProofOf(glance, application, cookies, authorization) is not { Answer: { } answer } proof || !StillStands(proof, answer, application, now))
        {
            return null;
        }

        var decision = DecisionEngine.DecideOnPath(application.Compiled, path, answer.OnPerson);
        if (decision.Verdict != Verdict.Allow)
        {
            return null;
        }

        reason = decision.Reason;

        // Open to everybody, but the bindings did not let this person in: nobody's identity goes with it.
        return reason == Reason.PublicPath ? application.Nobody
            : answer.Size <= application.BudgetAt(dialect) ? answer
            : null;
    }

    // Two cookies may be of two users: that takes more than a look.
    private Proof? ProofOf(in HitGlance glance, ApplicationView application, in StringValues cookies, in StringValues authorization)
    {
        var slots = default(CookieSlots);
        return glance.Tickets.Find(cookies, application, ref slots) switch
        {
            1 when glance.Tickets.IsOnly => tickets.Find(glance.Hash, slots[0].Value, application.ClientId),
            1 => tickets.Find(slots[0].Value, application.ClientId),
            0 when application.TakesAuthorization && authorization.Count == 1 => credentials.Find(authorization[0], application.ClientId),
            _ => null,
        };
    }

    private bool StillStands(Proof proof, IdentityAnswer answer, ApplicationView application, long now)
    {
        if (!ReferenceEquals(answer.Application, application) || now >= answer.ExpiresAt || !answer.Stands(principals))
        {
            return false;
        }

        if (now >= answer.RenewAt && answer.TryClaimRenewal())
        {
            answers.Renew(proof, answer);
        }

        return true;
    }
}
