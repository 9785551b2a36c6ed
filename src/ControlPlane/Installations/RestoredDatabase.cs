using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Installations;

/// <summary>Begins a new epoch in a database that has fewer changes than somebody saw.</summary>
internal sealed class RestoredDatabase(Database database, ILogger<RestoredDatabase> log)
{
    /// <summary>A new epoch; outposts learn of it by heartbeat, and by the first snapshot under it.</summary>
    public static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether that epoch stands and does not have that number.</summary>
    public async Task<bool> WentBackAsync(string epoch, long seen, CancellationToken cancel)
    {
        await using var context = database.Open();
        return WentBack(await LogEnd.ReadAsync(context, cancel), epoch, seen);
    }

    /// <summary>Where the log ends, under a new epoch when that epoch stood and did not have that number.</summary>
    public async Task<LogEnd> CompareAsync(string? epoch, long seen, CancellationToken cancel)
    {
        await using var context = database.Open();
        var end = await LogEnd.ReadAsync(context, cancel);
        if (!WentBack(end, epoch, seen))
        {
            return end;
        }

        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        end = await LogEnd.ReadAsync(context, cancel);
        if (WentBack(end, epoch, seen))
        {
            log.Restored(seen, end.Newest);
            var installation = await context.Installations.SingleAsync(cancel);
            installation.Epoch = NewEpoch();
            await context.SaveChangesAsync(cancel);
            end = await LogEnd.ReadAsync(context, cancel);
        }

        await write.CommitAsync(cancel);
        return end;
    }

    private static bool WentBack(LogEnd end, string? epoch, long seen) => epoch == end.Epoch && seen > end.Newest;
}
