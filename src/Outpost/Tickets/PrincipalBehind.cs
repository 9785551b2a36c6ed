using Sidecar.Decisions;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.Tickets;

/// <summary>Finds who is behind a proof now, fetching when the held copy is missing, out of date or older than the proof itself.</summary>
internal sealed class PrincipalBehind(PrincipalTable principals)
{
    public async ValueTask<ProofOutcome> FindAsync(Proof proof, long minRevision, TimeSpan budget, CancellationToken cancel)
    {
        if (principals.IsEnded(proof.LiveId))
        {
            return ProofOutcome.Refused(Reason.SessionEnded);
        }

        if (!principals.TryGet(proof.PrincipalId, out var principal) || principal!.Revision < minRevision)
        {
            var lookup = await principals.FetchAsync(proof.PrincipalId, minRevision, budget, cancel);
            switch (lookup.Status)
            {
                case PrincipalLookupStatus.Found:
                    principal = lookup.Principal!;
                    break;
                case PrincipalLookupStatus.Unknown:
                    // This outpost may not read it any more: no session and no credential of its applications is left.
                    return ProofOutcome.Refused(Reason.SessionEnded);
                default:
                    return ProofOutcome.Refused(Reason.PrincipalUnavailable);
            }
        }

        // Again: a sign-out may have come while the control plane was asked, which did not know of it then.
        return proof.IsLiveIn(principal) && !principals.IsEnded(proof.LiveId) ? new ProofOutcome(proof, principal, Reason.Unset) : ProofOutcome.Refused(Reason.SessionEnded);
    }
}
