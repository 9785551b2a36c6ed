using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Policies.Reputations;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>
/// Whether a password opens an account. The one place that flows ask, so that no way in escapes the limit. For a name that leads nowhere, and for a user
/// who may not sign in, it does the same work and gives the same answers as for a wrong password.
/// </summary>
internal sealed class PasswordCheck(ControlPlaneContext database, AttemptLimiter attempts, ReputationBook reputations, PasswordWork work, TimeProvider time, ILogger<PasswordCheck> log)
{
    public const string Inbuilt = "authentik.core.auth.InbuiltBackend";
    public const string AppPasswords = "authentik.core.auth.TokenBackend";

    public async Task<PasswordResult> CheckAsync(StageVisit visit, User? user, string typedName, string password, IReadOnlyList<string> backends, CancellationToken cancel)
    {
        var address = visit.Http.Connection.RemoteIpAddress;
        var account = user is null ? AttemptKey.OfUnknown(typedName) : AttemptKey.Of(user);
        var permit = await attempts.BeginAsync(account, address, cancel);
        if (!permit.Allowed)
        {
            log.Refused($"{address}", "too many attempts");
            return new PasswordResult.Wait(permit.Message);
        }

        var candidate = user is { IsActive: true } ? user : null;
        var verdict = await work.CompareAsync(typedName, backends.Contains(Inbuilt) ? candidate?.PasswordHash : null, password, cancel);
        if (verdict == PasswordVerdict.Busy)
        {
            return new PasswordResult.Wait("Too many people are signing in at this moment. Try again in a few seconds.");
        }

        var right = verdict == PasswordVerdict.Right;
        if (candidate is not null && (right || (backends.Contains(AppPasswords) && await IsAppPasswordAsync(candidate, password, cancel))))
        {
            await attempts.SucceededAsync(account, address, cancel);
            await reputations.SucceededAsync(candidate, address, cancel);
            await RefreshAsync(candidate, password, right, cancel);
            return new PasswordResult.Right(candidate, right ? "pwd" : "app_password");
        }

        log.Refused($"{address}", "wrong name or password");
        await reputations.RefusedAsync(user, typedName, address, cancel);
        Record(user, typedName, visit.Http);
        return PasswordResult.Wrong.Instance;
    }

    private async Task<bool> IsAppPasswordAsync(User user, string password, CancellationToken cancel)
    {
        if (!CredentialFormat.IsWellFormed(password))
        {
            return false;
        }

        var hash = CredentialFormat.HashOf(password);
        var token = await database.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        return token is { Intent: TokenIntent.AppPassword } && token.UserId == user.Id && token.IsLive(time.GetUtcNow());
    }

    // Saved with the run's step. When there is no slot now, the next sign-in does it.
    private async Task RefreshAsync(User user, string password, bool right, CancellationToken cancel)
    {
        if (right && PasswordHasher.IsOutdated(user.PasswordHash!) && await work.HashAsync(password, cancel) is { } hash)
        {
            user.PasswordHash = hash;
        }
    }

    // The typed name is kept only when it is somebody's: people type passwords into the wrong field.
    private void Record(User? user, string typedName, HttpContext http) =>
        database.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = AuditEvent.FailedSignIn,
            App = "sidecar.flows",
            UserId = user?.Id,
            Username = user is null ? "" : typedName,
            ClientIp = $"{http.Connection.RemoteIpAddress}",
        });
}
