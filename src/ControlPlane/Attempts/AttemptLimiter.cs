using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Attempts;

/// <summary>
/// Counts guesses before they are compared, in the database, each by one statement: a hundred sent at once are a hundred guesses, and a restart forgets none.
/// A right guess is taken back from the count.
/// </summary>
internal sealed class AttemptLimiter(Database database, TimeProvider time)
{
    /// <summary>Counts one guess at <paramref name="account"/> (an <see cref="AttemptKey"/>; null: at nobody in particular, so for the address alone), unless it must wait.</summary>
    public async Task<AttemptPermit> BeginAsync(string? account, IPAddress? address, CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await BeginAsync(context, cancel);
        var now = time.GetUtcNow();
        var permit = await CountAsync(context, AttemptKey.Of(address), now, now - AttemptLimits.AddressWindow, IncrementAddressAsync, cancel);
        if (permit.Allowed && account is not null)
        {
            permit = await CountAsync(context, account, now, now - AttemptLimits.AccountMemory, IncrementAccountAsync, cancel);
        }

        await CommitAsync(write, cancel);
        return permit;
    }

    /// <summary>Counts one of <paramref name="max"/> that are free, unless it must wait. After the last of them the next waits for the whole window.</summary>
    public async Task<AttemptPermit> CountAsync(string key, int max, TimeSpan window, CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await BeginAsync(context, cancel);
        var now = time.GetUtcNow();
        DateTimeOffset? until = now + window;
        var permit = await CountAsync(context, key, now, now - window, IncrementAsync, cancel, max == 1 ? until : null);
        await CommitAsync(write, cancel);
        return permit;

        async Task<bool> IncrementAsync(ControlPlaneContext of, string counted, DateTimeOffset at, CancellationToken gone) => await Free(of, counted, at).ExecuteUpdateAsync(
            set => set
                .SetProperty(attempt => attempt.Failures, attempt => attempt.Failures + 1)
                .SetProperty(attempt => attempt.BlockedUntil, attempt => attempt.Failures + 1 < max ? null : until),
            gone) == 1;
    }

    /// <summary>The guess was right.</summary>
    public async Task SucceededAsync(string? account, IPAddress? address, CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await BeginAsync(context, cancel);
        await context.Attempts.Where(attempt => attempt.Key == account).ExecuteDeleteAsync(cancel);

        // Only this one: somebody with an account of his own must not be able to clear the count of his guesses at others.
        var key = AttemptKey.Of(address);
        await context.Attempts.Where(attempt => attempt.Key == key && attempt.Failures > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(attempt => attempt.Failures, attempt => attempt.Failures - 1).SetProperty(attempt => attempt.BlockedUntil, (DateTimeOffset?)null), cancel);
        await CommitAsync(write, cancel);
    }

    // SQLite: one turn in the lane and one commit for all statements. PostgreSQL: each statement alone, so that a clash of two first guesses spoils nothing.
    private static async Task<WriteTransaction?> BeginAsync(ControlPlaneContext context, CancellationToken cancel) =>
        context.Lane is null ? null : await context.BeginWriteAsync(cancel);

    private static Task CommitAsync(WriteTransaction? write, CancellationToken cancel) => write?.CommitAsync(cancel) ?? Task.CompletedTask;

    private static async Task<AttemptPermit> CountAsync(
        ControlPlaneContext context, string key, DateTimeOffset now, DateTimeOffset forgotten, Increment increment, CancellationToken cancel, DateTimeOffset? firstBlock = null)
    {
        await context.Attempts.Where(attempt => attempt.Key == key && attempt.WindowStart < forgotten && (attempt.BlockedUntil == null || attempt.BlockedUntil <= now))
            .ExecuteDeleteAsync(cancel);
        if (await increment(context, key, now, cancel) || await TryAddAsync(context, key, now, firstBlock, cancel))
        {
            return AttemptPermit.Now;
        }

        var until = await context.Attempts.Where(attempt => attempt.Key == key).Select(attempt => attempt.BlockedUntil).SingleOrDefaultAsync(cancel);
        return until > now
            ? new AttemptPermit(false, until.Value - now)

            // Somebody else added the row between the two statements.
            : new AttemptPermit(await increment(context, key, now, cancel), AttemptLimits.FirstWait);
    }

    // The wait is set before the guess is compared: of many sent at once after the free ones, one passes.
    private static async Task<bool> IncrementAccountAsync(ControlPlaneContext context, string key, DateTimeOffset now, CancellationToken cancel)
    {
        const int free = AttemptLimits.FreePerAccount;
        DateTimeOffset? w0 = Until(0), w1 = Until(1), w2 = Until(2), w3 = Until(3), w4 = Until(4), w5 = Until(5), last = now + AttemptLimits.LongestWait;
        return await Free(context, key, now).ExecuteUpdateAsync(
            set => set
                .SetProperty(attempt => attempt.Failures, attempt => attempt.Failures + 1)
                .SetProperty(attempt => attempt.WindowStart, now)
                .SetProperty(
                    attempt => attempt.BlockedUntil,
                    attempt => attempt.Failures + 1 < free ? null
                        : attempt.Failures + 1 == free ? w0
                        : attempt.Failures + 1 == free + 1 ? w1
                        : attempt.Failures + 1 == free + 2 ? w2
                        : attempt.Failures + 1 == free + 3 ? w3
                        : attempt.Failures + 1 == free + 4 ? w4
                        : attempt.Failures + 1 == free + 5 ? w5
                        : last),
            cancel) == 1;

        DateTimeOffset? Until(int index) => now + AttemptLimits.Waits[index];
    }

    private static async Task<bool> IncrementAddressAsync(ControlPlaneContext context, string key, DateTimeOffset now, CancellationToken cancel)
    {
        DateTimeOffset? until = now + AttemptLimits.AddressWindow;
        return await Free(context, key, now).ExecuteUpdateAsync(
            set => set
                .SetProperty(attempt => attempt.Failures, attempt => attempt.Failures + 1)
                .SetProperty(attempt => attempt.BlockedUntil, attempt => attempt.Failures + 1 < AttemptLimits.FreePerAddress ? null : until),
            cancel) == 1;
    }

    private static IQueryable<AttemptRecord> Free(ControlPlaneContext context, string key, DateTimeOffset now) =>
        context.Attempts.Where(attempt => attempt.Key == key && (attempt.BlockedUntil == null || attempt.BlockedUntil <= now));

    private static async Task<bool> TryAddAsync(ControlPlaneContext context, string key, DateTimeOffset now, DateTimeOffset? blockedUntil, CancellationToken cancel)
    {
        if (await context.Attempts.AnyAsync(attempt => attempt.Key == key, cancel))
        {
            return false;
        }

        context.ChangeTracker.Clear();
        context.Attempts.Add(new AttemptRecord { Key = key, Failures = 1, WindowStart = now, BlockedUntil = blockedUntil });
        try
        {
            await context.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two first guesses at once: the other one added the row, this one is counted in it.
            context.ChangeTracker.Clear();
            return false;
        }
    }

    private delegate Task<bool> Increment(ControlPlaneContext context, string key, DateTimeOffset now, CancellationToken cancel);
}
