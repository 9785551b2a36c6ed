using System.Net;
using System.Text;
using Sidecar.Contracts.Channel;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.Credentials;

/// <summary>
/// <c>Authorization</c> -> principal. Junk is refused without asking; the rest passes the address's bucket and one bounded queue. What was accepted is
/// remembered under the provider and the whole header, and still checked against the principal on every request. Refusals are not remembered.
/// </summary>
internal sealed class CredentialChecker(
    ProofCache<AcceptedCredential> accepted,
    PrincipalBehind behind,
    PrincipalTable principals,
    AddressBuckets buckets,
    CheckQueue queue,
    CheckFlights flights,
    IControlPlaneCalls controlPlane,
    ContactClock clock)
{
    /// <param name="application">Where the client wants in.</param>
    /// <param name="header">The whole header.</param>
    /// <param name="client">Whose bucket pays; null when unknown.</param>
    /// <param name="budget">How long to wait for a principal that is not held.</param>
    /// <param name="cancel">The request.</param>
    public async ValueTask<ProofOutcome> CheckAsync(
        ApplicationView application, string header, IPAddress? client, TimeSpan budget, CancellationToken cancel)
    {
        if (!AuthorizationHeader.TryRead(header, out var credential) || !CredentialShape.IsPlausible(credential))
        {
            return ProofOutcome.Refused(Reason.CredentialRefused);
        }

        if (accepted.Find(header, application.ClientId) is { } known && known.ExpiresAt > clock.ControlPlaneUnixSeconds)
        {
            var outcome = await behind.FindAsync(known, minRevision: 0, budget, cancel);
            return outcome.Reason == Reason.SessionEnded ? ProofOutcome.Refused(Reason.CredentialRefused) : outcome;
        }

        return await JoinAsync(application.ClientId, header, credential, client, cancel);
    }

    // Apart, so that what a check captures is not made for a credential that is known.
    private async Task<ProofOutcome> JoinAsync(string clientId, string header, ClientCredential credential, IPAddress? client, CancellationToken cancel)
    {
        // Who joins a check that is under way costs nothing.
        if (flights.Find(clientId, header) is { } flight)
        {
            return await flight.WaitAsync(cancel);
        }

        return buckets.TryTake(client)
            ? await flights.Board(clientId, header, () => QueueAsync(clientId, header, credential)).WaitAsync(cancel)
            : ProofOutcome.Refused(Reason.CredentialBusy);
    }

    private async Task<ProofOutcome> QueueAsync(string clientId, string header, ClientCredential credential)
    {
        if (!await queue.TryEnterAsync(CancellationToken.None))
        {
            return ProofOutcome.Refused(Reason.CredentialBusy);
        }

        try
        {
            return await AskAsync(clientId, header, credential);
        }
        finally
        {
            queue.Leave();
        }
    }

    private async Task<ProofOutcome> AskAsync(string clientId, string header, ClientCredential credential)
    {
        var check = new CredentialCheck { ClientId = clientId, Username = credential.Username, Secret = credential.Secret };
        return await controlPlane.CheckCredentialAsync(check, CancellationToken.None) switch
        {
            CredentialOutcome.Accepted accepted => Remember(accepted.Answer, clientId, header),
            CredentialOutcome.Refused => ProofOutcome.Refused(Reason.CredentialRefused),
            _ => ProofOutcome.Refused(Reason.ControlPlaneAway),
        };
    }

    private ProofOutcome Remember(CredentialAnswer answer, string clientId, string header)
    {
        var now = clock.ControlPlaneUnixSeconds;
        var expires = Math.Min(answer.ExpiresAt ?? long.MaxValue, now + AcceptedCredential.LifetimeSeconds);
        var proof = new AcceptedCredential(Encoding.ASCII.GetBytes(header), clientId, answer.Principal.Id, answer.CredentialId, expires);
        if (expires <= now || !proof.IsLiveIn(answer.Principal) || principals.IsEnded(proof.LiveId))
        {
            return ProofOutcome.Refused(Reason.CredentialRefused);
        }

        // The change log may already know better than this answer; then the held copy decides.
        principals.Apply(answer.Principal);
        if (principals.TryGet(answer.Principal.Id, out var principal) && !proof.IsLiveIn(principal!))
        {
            return ProofOutcome.Refused(Reason.CredentialRefused);
        }

        accepted.Add(proof, header, now);
        return new ProofOutcome(proof, principal ?? answer.Principal, Reason.Unset);
    }
}
