using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Deletes old log entries. An outpost that was away for longer reads everything anew.</summary>
internal static class LogTrimmer
{
    /// <summary>Kept however old: a quiet installation does not need a reset after a weekend.</summary>
    public const int KeptRows = 10_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public static async Task TrimAsync(ControlPlaneContext context, DateTimeOffset now, ILogger log, CancellationToken cancel)
    {
        var newest = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(cancel);
        var before = now - KeptFor;
        var last = await context.Changes.Where(row => row.Number <= newest - KeptRows && row.At < before).MaxAsync(row => (long?)row.Number, cancel);
        if (last is not { } number)
        {
            return;
        }

        // First the mark, then the rows, together: no reader may find a gap that is not marked.
        await using var write = await context.BeginWriteAsync(cancel);
        await context.ChangeCounter.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Trimmed, number), cancel);
        await context.Changes.Where(row => row.Number <= number).ExecuteDeleteAsync(cancel);
        await write.CommitAsync(cancel);
        log.Trimmed(number);
    }
}
