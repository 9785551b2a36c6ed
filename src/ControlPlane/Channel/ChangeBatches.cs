using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Reads the log for one outpost.</summary>
internal sealed class ChangeBatches(ControlPlaneContext context, RestoreGuard guard, TimeProvider time)
{
    /// <summary>Rows in one answer; the rest follows in the next.</summary>
    private const int PageSize = 1000;

    public async Task<LogPage> ReadAsync(OutpostIdentity outpost, long? after, string? epoch, CancellationToken cancel)
    {
        if (await ReadKnownAsync(outpost.Id, after, epoch, cancel) is { } page)
        {
            return page;
        }

        // Under a new epoch this is a reset, and so it is under the standing one.
        await guard.SeenAsync(outpost.Name, epoch!, after!.Value, cancel);
        return (await ReadKnownAsync(outpost.Id, null, null, cancel))!;
    }

    /// <summary>Null: the outpost has seen numbers of this epoch that the database does not have.</summary>
    private async Task<LogPage?> ReadKnownAsync(Guid outpostId, long? after, string? epoch, CancellationToken cancel)
    {
        // One state: rows that are trimmed between two queries would be missing without a reset.
        await using var read = await context.BeginConsistentReadAsync(cancel);
        var installation = await InstallationView.ReadAsync(context, cancel);
        var counter = await context.ChangeCounter.AsNoTracking().SingleAsync(cancel);

        if (epoch == installation.Epoch && after > counter.Newest)
        {
            return null;
        }

        // Without a place in the log, or with one that is older than what is kept.
        if (after is not { } number || epoch != installation.Epoch || number < counter.Trimmed)
        {
            return new LogPage(Batch(installation.Epoch, counter.Newest, [], reset: true), OutpostTouched: false);
        }

        var rows = await context.Changes.AsNoTracking().Where(row => row.Number > number && row.Number <= counter.Newest)
            .OrderBy(row => row.Number).Take(PageSize).ToListAsync(cancel);
        var newest = rows.Count < PageSize ? counter.Newest : rows[^1].Number;
        return new LogPage(
            Batch(installation.Epoch, newest, ToChanges(rows, outpostId, installation.Epoch), reset: false),
            rows.Any(row => row.Subject == ChangeSubject.Outpost && row.OutpostId == outpostId));
    }

    private ChangeBatch Batch(string epoch, long newest, IReadOnlyList<Change> changes, bool reset) =>
        new() { Epoch = epoch, Newest = newest, Time = time.GetUtcNow().ToUnixTimeMilliseconds(), Changes = changes, Reset = reset };

    // Of several changes of one thing the last says it all.
    private static IReadOnlyList<Change> ToChanges(IEnumerable<ChangeRow> rows, Guid outpostId, string epoch) =>
    [
        .. rows.Where(row => row.OutpostId is null || row.OutpostId == outpostId).Select(row => ToChange(row, epoch)).OfType<Change>()
            .GroupBy(change => (change.Kind, change.Principal)).Select(same => same.Last()).OrderBy(change => change.Number),
    ];

    private static Change? ToChange(ChangeRow row, string epoch) => row.Subject switch
    {
        ChangeSubject.Principal => new Change { Number = row.Number, Kind = ChangeKind.Principal, Principal = row.PrincipalId },
        ChangeSubject.Snapshot => new Change { Number = row.Number, Kind = ChangeKind.Snapshot, Revision = row.Revision, Epoch = epoch },
        ChangeSubject.Secrets => new Change { Number = row.Number, Kind = ChangeKind.Secrets },
        _ => null,
    };
}
