using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Snapshots;

/// <summary>Builds the next snapshots when something changed that they are built from.</summary>
internal sealed class SnapshotPublisher(
    Database database, SnapshotStore store, ChangeFeed feed, TimeProvider time, ILogger<SnapshotPublisher> log) : BackgroundService
{
    // A form that saves five things in a row makes one snapshot; an administrator does not see the wait.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Every change up to this number is in the snapshots that stand.
    private FeedPosition _published = new(Turn: 0, Newest: -1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await feed.WaitForMoreThanAsync(_published, stoppingToken);
                await PublishIfNeededAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
            {
                log.PublishingFailed(error);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task PublishIfNeededAsync(CancellationToken cancel)
    {
        var seen = feed.Position;

        // Numbers that went back stand for other changes than before.
        var isSameTurn = _published.Newest >= 0 && _published.Turn == seen.Turn;
        if (isSameTurn && !await AnyModelChangeAsync(_published.Newest, seen.Newest, cancel))
        {
            _published = seen;
            return;
        }

        await Task.Delay(Gather, time, cancel);
        _published = seen with { Newest = await PublishAsync(cancel) };
    }

    private async Task<bool> AnyModelChangeAsync(long after, long upTo, CancellationToken cancel)
    {
        await using var context = database.Open();
        return await context.Changes.AnyAsync(row => row.Number > after && row.Number <= upTo && row.Subject == ChangeSubject.Model, cancel);
    }

    private async Task<long> PublishAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var now = time.GetUtcNow();
        var source = await SnapshotSource.ReadAsync(context, now, cancel);
        foreach (var outpost in source.Outposts)
        {
            if (await store.StoreAsync(SnapshotBuilder.Build(source, outpost, now), cancel) is { } revision)
            {
                log.Published(outpost.Name, revision, source.ChangeNumber);
            }
        }

        return source.ChangeNumber;
    }
}
