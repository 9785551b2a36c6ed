using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Names;

/// <summary>Makes stored keys anew when an older version of the program made them otherwise. Once: the installation remembers by which rules its keys were made.</summary>
internal sealed class NameKeys(ControlPlaneContext context, ILogger<NameKeys> log)
{
    /// <summary>
    /// Of accounts whose names are one now, the oldest keeps it. The others keep everything but the way to be named at a sign-in, until an administrator renames them: letting
    /// a name lead to the wrong account would be worse.
    /// </summary>
    public async Task BringUpToDateAsync(CancellationToken cancel)
    {
        await using var write = await context.BeginWriteAsync(cancel);
        var installation = await context.Installations.SingleAsync(cancel);
        if (installation.NameKeyVersion == LookupKey.Version)
        {
            return;
        }

        var users = await context.Users.OrderBy(user => user.Pk).ToListAsync(cancel);

        // Out of the way first: a key that one user gives up may be the one that another takes.
        await context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.UsernameKey, user => "\u0001" + user.Uid), cancel);
        var taken = new Dictionary<string, User>(StringComparer.Ordinal);
        foreach (var user in users)
        {
            var key = LookupKey.Of(user.Username);
            if (key.Length > LookupKey.MaxLength)
            {
                log.NameTooLong(user.Username, user.Pk);
                key = $"\u0001{user.Uid}";
            }
            else if (!taken.TryAdd(key, user))
            {
                log.NameTaken(user.Username, user.Pk, taken[key].Username, taken[key].Pk);
                key = $"\u0001{user.Uid}";
            }

            var mail = LookupKey.Of(user.Email) is { Length: <= LookupKey.MaxLength } made ? made : $"\u0001{user.Uid}";
            await context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsernameKey, key).SetProperty(row => row.EmailKey, mail), cancel);
        }

        installation.NameKeyVersion = LookupKey.Version;
        await context.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
