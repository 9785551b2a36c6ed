using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Delivery;

/// <summary>
/// Tells of events, off every request's path. Whether an event was looked at stands in its row, and what is still to be sent in rows of their own: a restart loses nothing. Of two replicas one
/// takes an event or a delivery, by one statement.
/// </summary>
internal sealed class NotificationWorker(Database database, EventSignal signal, Deliverer deliverer, IServiceScopeFactory scopes, TimeProvider time, ILogger<NotificationWorker> log)
    : BackgroundService
{
    /// <summary>After so many attempts, which take about a day, nobody is waiting any more.</summary>
    public const int MaxAttempts = 12;

    private const int Batch = 100;

    // A sender that dies lets go of what it held after this; longer than any sending takes.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    // Also the pause of an idle server.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    // What happens together is told together, and the transaction that told of it may not be over yet.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>One look at everything that is due.</summary>
    public async Task RunOnceAsync(CancellationToken cancel)
    {
        while (await JudgeAsync(cancel))
        {
        }

        while (await DeliverAsync(cancel))
        {
        }
    }

    /// <summary>How long the attempt after this many waits.</summary>
    public static TimeSpan WaitAfter(int attempts)
    {
        var wait = TimeSpan.FromSeconds(30) * Math.Pow(2, Math.Min(attempts - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(Period, stoppingToken);
            await Task.Delay(Gathering, time, stoppingToken);
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(error);
            }
        }
    }

    /// <summary>Asks the rules about the oldest events that nobody has looked at. False: there are no more.</summary>
    private async Task<bool> JudgeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ControlPlaneContext>();
        var events = await context.AuditEvents.AsNoTracking().Where(audit => !audit.Judged).OrderBy(audit => audit.Id).Take(Batch).ToListAsync(cancel);
        if (events.Count == 0)
        {
            return false;
        }

        var rules = await context.NotificationRules.AsNoTracking().Include(rule => rule.Transports).OrderBy(rule => rule.Name).ToListAsync(cancel);
        var now = time.GetUtcNow();
        if (rules.Count == 0)
        {
            var ids = events.ConvertAll(audit => audit.Id);
            await context.AuditEvents.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Judged, true), cancel);
            return events.Count == Batch;
        }

        foreach (var audit in events)
        {
            try
            {
                await TellAsync(scope.ServiceProvider, audit, rules, now, cancel);
            }
            catch (Exception error) when (error is not (DbException or OperationCanceledException))
            {
                // The next round would begin with it again, and nobody would hear of anything any more.
                log.EventNotTold(error, audit.Id);
                await using var fresh = database.Open();
                await fresh.AuditEvents.Where(row => row.Id == audit.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Judged, true), cancel);
            }

            context.ChangeTracker.Clear();
        }

        return events.Count == Batch;
    }

    private static async Task TellAsync(IServiceProvider services, AuditEvent audit, List<NotificationRule> rules, DateTimeOffset now, CancellationToken cancel)
    {
        // The policies are asked before the write begins: some of them take their time.
        await services.GetRequiredService<NotificationRules>().TellAsync(audit, rules, now, cancel);
        var context = services.GetRequiredService<ControlPlaneContext>();
        await using var write = await context.BeginWriteAsync(cancel);
        if (await context.AuditEvents.Where(row => row.Id == audit.Id && !row.Judged).ExecuteUpdateAsync(set => set.SetProperty(row => row.Judged, true), cancel) == 1)
        {
            await context.SaveChangesAsync(cancel);
        }

        await write.CommitAsync(cancel);
    }

    /// <summary>False: nothing more is due that can be sent now.</summary>
    private async Task<bool> DeliverAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var now = time.GetUtcNow();
        var due = await context.NotificationDeliveries.AsNoTracking().Where(delivery => delivery.NotBefore <= now).OrderBy(delivery => delivery.NotBefore).Take(Batch).ToListAsync(cancel);
        var sent = await Task.WhenAll(due.GroupBy(delivery => delivery.TransportId).Select(some => DeliverAllAsync([.. some], cancel)));
        return due.Count == Batch && sent.All(all => all);
    }

    /// <summary>Of one transport. Where one cannot be sent the others would wait for the same.</summary>
    private async Task<bool> DeliverAllAsync(IReadOnlyList<NotificationDelivery> deliveries, CancellationToken cancel)
    {
        await using var context = database.Open();
        foreach (var delivery in deliveries)
        {
            if (!await DeliverAsync(context, delivery, cancel))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> DeliverAsync(ControlPlaneContext context, NotificationDelivery delivery, CancellationToken cancel)
    {
        var mine = context.NotificationDeliveries.Where(row => row.Id == delivery.Id);
        var until = time.GetUtcNow() + Lease;
        var attempts = delivery.Attempts + 1;
        if (await mine.Where(row => row.Attempts == delivery.Attempts && row.NotBefore == delivery.NotBefore)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, until).SetProperty(row => row.Attempts, attempts), cancel) != 1)
        {
            // Another replica has it.
            return true;
        }

        if (await Deliverer.FindAsync(context, delivery, cancel) is not var (transport, audit, receiver) || await deliverer.SendAsync(delivery, transport, audit, receiver, cancel) is not { } problem)
        {
            await mine.ExecuteDeleteAsync(CancellationToken.None);
            return true;
        }

        if (attempts >= MaxAttempts)
        {
            log.DeliveryGivenUp(transport.Name, attempts, problem);
            await mine.ExecuteDeleteAsync(CancellationToken.None);
            await PutOffAsync(context, delivery.TransportId, time.GetUtcNow() + WaitAfter(1));
            return false;
        }

        log.DeliveryFailed(transport.Name, attempts, problem);
        var next = time.GetUtcNow() + WaitAfter(attempts);
        await PutOffAsync(context, delivery.TransportId, next);
        await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, next), CancellationToken.None);
        return false;
    }

    // What else is due by a transport that fails: it would be tried in vain, and in the next round stand before what others could send.
    private async Task PutOffAsync(ControlPlaneContext context, Guid transport, DateTimeOffset until)
    {
        var now = time.GetUtcNow();
        await context.NotificationDeliveries.Where(row => row.TransportId == transport && row.NotBefore <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, until), CancellationToken.None);
    }
}
