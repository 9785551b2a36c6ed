using Sidecar.Contracts.Principals;
using Sidecar.Decisions;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The answer that belongs to a proof: kept with it, made when principal, snapshot or assertion changed.</summary>
internal sealed class IdentityAnswers(IdentityBuilder builder, ContactClock clock, ILogger<IdentityAnswers> logger)
{
    public IdentityAnswer For(Proof proof, ApplicationView application, Principal principal, PrincipalFacts facts)
    {
        var now = clock.ControlPlaneUnixSeconds;
        if (proof.Answer is { } kept && ReferenceEquals(kept.Application, application) && ReferenceEquals(kept.Principal, principal) && now < kept.ExpiresAt)
        {
            return kept;
        }

        var answer = builder.Build(proof, application, principal, facts, now);
        proof.Answer = answer;
        return answer;
    }

    /// <summary>Makes the next answer beside the requests that still use this one. Called once per answer, near its end.</summary>
    public void Renew(Proof proof, IdentityAnswer answer) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Self.RenewNow(work.Proof, work.Answer), (Self: this, Proof: proof, Answer: answer), preferLocal: false);

    private void RenewNow(Proof proof, IdentityAnswer answer)
    {
        try
        {
            var next = builder.Build(proof, answer.Application, answer.Principal!, answer.Facts!, clock.ControlPlaneUnixSeconds);
            if (ReferenceEquals(proof.Answer, answer))
            {
                proof.Answer = next;
            }
        }
        catch (Exception error)
        {
            // On the thread pool nobody else would hear of it. The old answer still ends in time, and then a request makes the next.
            logger.RenewalFailed(error);
        }
    }
}
