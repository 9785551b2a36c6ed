using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Passwords;

/// <summary>Gives a user a new password: the one place that does, so that no change is missing in the history. The caller saves.</summary>
internal sealed class PasswordSetter(ControlPlaneContext context, TimeProvider time)
{
    /// <summary>How many former passwords a policy may forbid: each costs a computation of Argon2id when a new one is chosen.</summary>
    public const int MaxHistory = 24;

    public async Task SetAsync(User user, string hash, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await RememberAsync(user, now, cancel);
        user.PasswordHash = hash;
        user.PasswordChangedAt = now;
    }

    // Old hashes are a prize for a thief: no more are kept than a policy asks for.
    private async Task RememberAsync(User user, DateTimeOffset now, CancellationToken cancel)
    {
        var kept = await KeptAsync(cancel);
        var former = await context.FormerPasswords.Where(row => row.UserId == user.Id).OrderByDescending(row => row.ReplacedAt).ThenByDescending(row => row.Id).ToListAsync(cancel);
        if (kept > 0 && user.PasswordHash is { } old)
        {
            context.FormerPasswords.Add(new FormerPassword { UserId = user.Id, Hash = old, ReplacedAt = now });
            kept--;
        }

        context.FormerPasswords.RemoveRange(former.Skip(kept));
    }

    private async Task<int> KeptAsync(CancellationToken cancel) =>
        (await context.Policies.AsNoTracking().Where(policy => policy.Kind == PolicyKind.UniquePassword).ToListAsync(cancel))
            .Select(policy => policy.Settings.Number("num_historical_passwords", 1)).DefaultIfEmpty(0).Max();
}
