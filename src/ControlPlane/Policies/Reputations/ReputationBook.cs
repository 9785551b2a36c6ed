using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Reputations;

/// <summary>
/// Counts how sign-ins end. A success takes one refusal of the same account and address back and never more: whoever owns an account must not be able to buy guesses
/// at others with it.
/// </summary>
internal sealed class ReputationBook(Database database, TimeProvider time)
{
    public const int Lowest = -1000;

    // Writers of one row go one after the other; this many in the way at once means a flood, and then one more or less does not matter.
    private const int Tries = 20;

    public Task RefusedAsync(User? user, string typedName, IPAddress? address, CancellationToken cancel) => AddAsync(user, typedName, address, -1, cancel);

    public Task SucceededAsync(User user, IPAddress? address, CancellationToken cancel) => AddAsync(user, user.Username, address, 1, cancel);

    /// <summary>The sum over the rows of the account, of the address, or of either.</summary>
    /// <param name="account">Null: does not count.</param>
    /// <param name="address">Null: does not count.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<int> SumAsync(string? account, string? address, CancellationToken cancel)
    {
        await using var context = database.Open();
        var now = time.GetUtcNow();
        var since = now - ReputationDecay.Forgotten;
        var rows = await context.ReputationScores.AsNoTracking().Where(row => row.UpdatedAt > since && row.Score < 0 && (row.Account == account || row.Address == address))
            .OrderBy(row => row.Score).Select(row => new { row.Score, row.UpdatedAt }).Take(-Lowest).ToListAsync(cancel);
        return Math.Max(Lowest, rows.Sum(row => ReputationDecay.At(now, row.Score, row.UpdatedAt)));
    }

    public static string AccountOf(User? user, string typedName) => user is null ? AttemptKey.OfUnknown(typedName) : AttemptKey.Of(user);

    private async Task AddAsync(User? user, string typedName, IPAddress? address, int change, CancellationToken cancel)
    {
        await using var context = database.Open();
        var row = new ReputationScore
        {
            Account = AccountOf(user, typedName),
            Address = AttemptKey.Of(address),
            Identifier = user?.Username ?? AttemptKey.OfUnknown(typedName),
            Ip = $"{address}",
            Score = change,
            UpdatedAt = time.GetUtcNow(),
        };
        for (var i = 0; i < Tries && !await TryAddAsync(context, row, cancel); i++)
        {
        }
    }

    private static async Task<bool> TryAddAsync(ControlPlaneContext context, ReputationScore row, CancellationToken cancel)
    {
        if (await context.ReputationScores.AsNoTracking().SingleOrDefaultAsync(known => known.Account == row.Account && known.Address == row.Address, cancel) is not { } before)
        {
            return row.Score > 0 || await TryInsertAsync(context, row, cancel);
        }

        var score = Math.Clamp(ReputationDecay.At(row.UpdatedAt, before.Score, before.UpdatedAt) + row.Score, Lowest, 0);
        return await context.ReputationScores.Where(known => known.Id == before.Id && known.Score == before.Score && known.UpdatedAt == before.UpdatedAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(known => known.Score, score).SetProperty(known => known.UpdatedAt, row.UpdatedAt)
                    .SetProperty(known => known.Identifier, row.Identifier).SetProperty(known => known.Ip, row.Ip),
                cancel) == 1;
    }

    private static async Task<bool> TryInsertAsync(ControlPlaneContext context, ReputationScore row, CancellationToken cancel)
    {
        context.ReputationScores.Add(row);
        try
        {
            await context.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Somebody else added it.
            context.ChangeTracker.Clear();
            return false;
        }
    }
}
