using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// The answers that belong to snapshots of the past. A request replaces the one of its own proof; those of people who do not come back would each keep a
/// whole snapshot in memory.
/// </summary>
internal sealed class OutdatedAnswers(
    ServingHolder holder, ServingViews views, ProofCache<CachedTicket> tickets, ProofCache<AcceptedCredential> credentials)
{
    public void Forget()
    {
        var view = holder.Current is { } serving ? views.Of(serving) : null;
        tickets.ForgetAnswers(answer => view is null || !view.Has(answer.Application));
        credentials.ForgetAnswers(answer => view is null || !view.Has(answer.Application));
    }
}
