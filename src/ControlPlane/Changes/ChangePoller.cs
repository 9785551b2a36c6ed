using System.Data.Common;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>
/// Finds the numbers that other replicas took, and sets the feed back when a new epoch has begun; when the database went back, it begins one. It asks
/// the counter each second, and at once when it is told that there is something: what tells it (Redis) is never believed, only looked after, so with
/// Redis away or lying nothing is lost and nothing is made up.
/// </summary>
internal sealed class ChangePoller(Database database, RestoredDatabase restored, ChangeFeed feed, TimeProvider time, ILogger<ChangePoller> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _pulse = new(0, 1);
    private string? _epoch;

    public void LookNow()
    {
        try
        {
            _pulse.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    public override void Dispose()
    {
        _pulse.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                failing = false;
            }
            catch (Exception error) when (error is DbException or TimeoutException or InvalidOperationException)
            {
                if (!failing)
                {
                    log.CounterUnreadable(error);
                }

                failing = true;
            }

            await PauseAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        // Known before the look: what is announced while we read is newer without the database having gone back.
        var known = feed.Newest;
        var end = await restored.CompareAsync(_epoch, known, cancel);
        var isOther = _epoch is not null && _epoch != end.Epoch;
        _epoch = end.Epoch;
        if (!isOther)
        {
            feed.Announce(end.Newest);
            return;
        }

        feed.GoBack(end.Newest);

        // A number that was committed since the read seemed old to the feed.
        LookNow();
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        // On SQLite this process is the only writer: it looks once, and when a new epoch begins.
        using var timeout = new CancellationTokenSource(database.Options.IsPostgres ? Period : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await _pulse.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, or to stop.
        }
    }
}
