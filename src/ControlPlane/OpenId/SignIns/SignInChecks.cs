using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>Whether a sign-in still stands. Asked each time that anything is given out or told on its strength: a token proves only that it did once.</summary>
internal sealed class SignInChecks(ControlPlaneContext database, TimeProvider time)
{
    public async Task<StandingSignIn?> FindAsync(string? sessionId, OpenIdClient client, CancellationToken cancel) =>
        Guid.TryParseExact(sessionId, "D", out var id) ? (await CheckAsync(id, client, cancel)).SignIn : null;

    public async Task<SignInCheck> CheckAsync(Guid sessionId, OpenIdClient client, CancellationToken cancel)
    {
        var session = await database.Sessions.AsNoTracking().Include(row => row.User).SingleOrDefaultAsync(row => row.Id == sessionId, cancel);
        if (session is not { User: { } user } || !session.IsLive(time.GetUtcNow()))
        {
            return new SignInCheck(null, Reason.SessionEnded);
        }

        if (!user.IsActive)
        {
            return new SignInCheck(null, Reason.PrincipalInactive);
        }

        var decision = await AccessCheck.DecideAsync(database, client.Application, user, cancel);
        return new SignInCheck(decision.Verdict is Verdict.Allow ? new StandingSignIn(session, user) : null, decision.Reason);
    }
}
