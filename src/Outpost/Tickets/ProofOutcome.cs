using Sidecar.Contracts.Principals;
using Sidecar.Decisions;

namespace Sidecar.Outpost.Tickets;

/// <summary>A proof that stands and who is behind it now, or why there is none.</summary>
internal readonly record struct ProofOutcome(Proof? Proof, Principal? Principal, Reason Reason)
{
    public static ProofOutcome Refused(Reason reason) => new(null, null, reason);
}
