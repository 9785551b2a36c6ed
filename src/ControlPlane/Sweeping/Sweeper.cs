using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Policies.Reputations;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Sweeping;

/// <summary>Removes what has expired. What outposts know of goes through the change log, so an expired session ends there too.</summary>
internal sealed class Sweeper(Database database, SweepBounds bounds, TimeProvider time, ILogger<Sweeper> log) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstanceForgotten = TimeSpan.FromDays(30);
    private static readonly TimeSpan AttemptsForgotten = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var now = time.GetUtcNow();
        await RemoveAsync(context, context.Sessions.Where(session => session.ExpiresAt <= now || session.AbsoluteEnd <= now).OrderBy(session => session.ExpiresAt), cancel);

        // API tokens stay, expired: their owner sees them and may renew them.
        await RemoveAsync(
            context, context.Tokens.Where(token => token.Expiring && token.ExpiresAt <= now && token.Intent != TokenIntent.Api).OrderBy(token => token.ExpiresAt), cancel);
        await RemoveAsync(context, context.Keys.Where(key => key.ExpiresAt <= now).OrderBy(key => key.ExpiresAt), cancel);
        await context.FlowRuns.Where(run => run.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await BoundFlowRunsAsync(context, cancel);
        await context.Invitations.Where(invitation => invitation.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await context.MailedLinks.Where(link => link.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await context.SpentChallenges.Where(challenge => challenge.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        await context.Consents.Where(consent => consent.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        var oldAttempts = now - AttemptsForgotten;
        await context.Attempts.Where(attempt => attempt.WindowStart < oldAttempts && (attempt.BlockedUntil == null || attempt.BlockedUntil < now)).ExecuteDeleteAsync(cancel);
        await BoundReputationsAsync(context, now, cancel);
        var oldInstances = now - InstanceForgotten;
        await context.OutpostInstances.Where(instance => instance.LastSeen < oldInstances).ExecuteDeleteAsync(cancel);
        var oldEvents = now - AuditEvent.Kept;
        await context.AuditEvents.Where(audit => audit.At < oldEvents).ExecuteDeleteAsync(cancel);
        await context.Notifications.Where(notification => notification.CreatedAt < oldEvents).ExecuteDeleteAsync(cancel);
        await BoundFailedSignInsAsync(context, cancel);
        await LogTrimmer.TrimAsync(context, now, log, cancel);
    }

    private async Task BoundFlowRunsAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var tooMany = await context.FlowRuns.OrderByDescending(run => run.Step > 0 ? 1 : 0).ThenByDescending(run => run.CreatedAt)
            .Skip(bounds.FlowRuns).Select(run => run.Id).ToListAsync(cancel);
        foreach (var some in tooMany.Chunk(Batch))
        {
            await context.FlowRuns.Where(run => some.Contains(run.Id)).ExecuteDeleteAsync(cancel);
        }
    }

    private async Task BoundFailedSignInsAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var failed = context.AuditEvents.Where(audit => audit.Action == AuditEvent.FailedSignIn);
        var newestSurplus = await failed.OrderByDescending(audit => audit.At).Skip(bounds.FailedSignIns).Select(audit => (DateTimeOffset?)audit.At).FirstOrDefaultAsync(cancel);
        if (newestSurplus is { } last)
        {
            await failed.Where(audit => audit.At <= last).ExecuteDeleteAsync(cancel);
        }
    }

    private async Task BoundReputationsAsync(ControlPlaneContext context, DateTimeOffset now, CancellationToken cancel)
    {
        var forgotten = now - ReputationDecay.Forgotten;
        await context.ReputationScores.Where(score => score.UpdatedAt <= forgotten).ExecuteDeleteAsync(cancel);
        var newestSurplus = await context.ReputationScores.OrderByDescending(score => score.UpdatedAt).Skip(bounds.Reputations)
            .Select(score => (DateTimeOffset?)score.UpdatedAt).FirstOrDefaultAsync(cancel);
        if (newestSurplus is { } last)
        {
            await context.ReputationScores.Where(score => score.UpdatedAt <= last).ExecuteDeleteAsync(cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
            {
                // Two replicas remove the same row, or the database is away: the next round finds what is left.
                log.SweepFailed(error);
            }
        }
    }

    private static async Task RemoveAsync<T>(ControlPlaneContext context, IQueryable<T> expired, CancellationToken cancel)
        where T : class
    {
        while (await expired.Take(Batch).ToListAsync(cancel) is { Count: > 0 } rows)
        {
            context.RemoveRange(rows);
            await context.SaveChangesAsync(cancel);
            context.ChangeTracker.Clear();
        }
    }
}
