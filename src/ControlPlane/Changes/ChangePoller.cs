using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>
/// Finds the numbers that other replicas took. It asks the counter each second, and at once when it is told that there is something: what tells it
/// (Redis) is never believed, only looked after, so with Redis away or lying nothing is lost and nothing is made up.
/// </summary>
internal sealed class ChangePoller(Database database, ChangeFeed feed, TimeProvider time, ILogger<ChangePoller> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _pulse = new(0, 1);

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
                feed.Announce(await NewestAsync(stoppingToken));
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

    private async Task<long> NewestAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        return await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(cancel);
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        // On SQLite this process is the only writer: the first look is the last.
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
