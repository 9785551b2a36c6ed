using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Takes numbers and adds log entries to the context, inside the caller's transaction.</summary>
internal static class ChangeRecorder
{
    public static async Task<IReadOnlyList<ChangeRow>> RecordAsync(ControlPlaneContext context, TouchedObjects touched, CancellationToken cancel)
    {
        if (touched.IsEmpty)
        {
            return [];
        }

        // First of all: from here to the commit nobody else takes a number.
        var newest = await ReserveAsync(context, 0, cancel);
        await NumberUsersAsync(context, touched, cancel);
        var principals = await new PrincipalFinder(context, cancel).FindAsync(touched);
        var outposts = await RetireTokensAsync(context, touched, cancel);
        var writer = new ChangeWriter(context, newest);
        await writer.AddPrincipalsAsync(principals, cancel);
        writer.AddRest(touched, outposts);
        context.PendingChange = await ReserveAsync(context, writer.Rows.Count, cancel);
        return writer.Rows;
    }

    /// <summary>Until the caller's transaction ends nobody else takes a number, so what follows happens in one replica at a time.</summary>
    public static Task LockAsync(ControlPlaneContext context, CancellationToken cancel) => ReserveAsync(context, 0, cancel);

    // RETURNING: one round trip, and the value is the one that this transaction wrote.
    private static async Task<long> ReserveAsync(ControlPlaneContext context, int count, CancellationToken cancel) =>
        (await context.Database.SqlQuery<long>($"UPDATE change_counter SET newest = newest + {count} WHERE id = 1 RETURNING newest AS \"Value\"").ToListAsync(cancel)).Single();

    private static async Task NumberUsersAsync(ControlPlaneContext context, TouchedObjects touched, CancellationToken cancel)
    {
        if (!touched.NewUsers)
        {
            return;
        }

        var users = context.ChangeTracker.Entries<User>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        var last = (await context.Database.SqlQuery<int>(
            $"UPDATE change_counter SET last_user_pk = last_user_pk + {users.Count} WHERE id = 1 RETURNING last_user_pk AS \"Value\"").ToListAsync(cancel)).Single();
        for (var i = 0; i < users.Count; i++)
        {
            users[i].Pk = last - users.Count + 1 + i;
        }
    }

    /// <summary>Remembers tokens of outposts that stop to be valid; the outposts that must be told.</summary>
    private static async Task<IReadOnlyCollection<Guid>> RetireTokensAsync(ControlPlaneContext context, TouchedObjects touched, CancellationToken cancel)
    {
        var outposts = new HashSet<Guid>(touched.DeletedOutposts.Keys);
        var accounts = touched.DeletedOutposts.Values.ToList();
        var ofDeleted = await context.Tokens.AsNoTracking().Where(token => accounts.Contains(token.UserId)).Select(token => token.Hash).ToListAsync(cancel);
        foreach (var hash in ofDeleted)
        {
            Retire(context, hash, Goodbye.OutpostDeleted);
        }

        foreach (var (hash, owner) in touched.WithdrawnTokens.Where(token => !accounts.Contains(token.Owner)))
        {
            if (await context.Outposts.AsNoTracking().SingleOrDefaultAsync(outpost => outpost.ServiceAccountId == owner, cancel) is { } outpost)
            {
                outposts.Add(outpost.Id);
                Retire(context, hash, Goodbye.TokenRevoked);
            }
        }

        return outposts;
    }

    private static void Retire(ControlPlaneContext context, byte[] hash, string reason) =>
        context.RetiredOutpostTokens.Add(new RetiredOutpostToken { Hash = hash, Reason = reason, At = TimeProvider.System.GetUtcNow() });
}
