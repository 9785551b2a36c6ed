using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.Token;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;
using Sidecar.Decisions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>Whether a sign-in still stands. Asked each time that anything is given out or told on its strength: a token proves only that it did once.</summary>
internal sealed class SignInChecks(ControlPlaneContext database, LiveTokens tokens, TimeProvider time)
{
    public async Task<StandingSignIn?> FindAsync(string? sessionId, OpenIdClient client, CancellationToken cancel) =>
        Guid.TryParseExact(sessionId, "D", out var id) ? (await CheckAsync(id, client, cancel)).SignIn : null;

    /// <summary>The user of an access token, if what it was given for still stands: a session, or an app password.</summary>
    public async Task<User?> FindUserAsync(ClaimsPrincipal accessToken, OpenIdClient client, CancellationToken cancel) =>
        Guid.TryParseExact(accessToken.GetClaim(SignInPrincipal.CredentialId), "D", out var credential)
            ? (await AllowedAsync(await tokens.FindAsync(accessToken.GetClaim(Claims.Subject) ?? "", credential, cancel), client, cancel))?.User
            : (await FindAsync(accessToken.GetClaim(SignInPrincipal.SessionId), client, cancel))?.User;

    /// <summary>Null: no such app password of that user, or no access, without saying which.</summary>
    public async Task<StandingCredential?> FindAppPasswordAsync(string username, string password, OpenIdClient client, CancellationToken cancel) =>
        CredentialFormat.IsWellFormed(password) ? await AllowedAsync(await tokens.FindAsync(username, password, cancel), client, cancel) : null;

    private async Task<StandingCredential?> AllowedAsync(Tokens.Token? token, OpenIdClient client, CancellationToken cancel) =>
        token is { Intent: TokenIntent.AppPassword, User: { } user } && (await AccessCheck.DecideAsync(database, client.Application, user, cancel)).Verdict is Verdict.Allow
            ? new StandingCredential(token, user)
            : null;

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
