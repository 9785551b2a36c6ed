using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tickets;

/// <summary>
/// Replaces the key of tickets when it is old. The new one is in the snapshots a day before it signs; the old one stays in them until the last ticket that
/// it signed has expired. Nobody signs in again because of it.
/// </summary>
internal sealed class TicketKeyRotation(Database database, KeyRing keys, TimeProvider time, ILogger<TicketKeyRotation> log) : BackgroundService
{
    /// <summary>How long a key is the newest.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(90);

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public async Task RotateIfDueAsync(CancellationToken cancel)
    {
        var due = time.GetUtcNow() - Age;
        if (keys.All(KeyPurpose.Ticket)[^1].Record.CreatedAt > due)
        {
            return;
        }

        if (await keys.RotateAsync(KeyPurpose.Ticket, await LongestTicketAsync(cancel), due, cancel))
        {
            log.TicketKeyRotated(keys.All(KeyPurpose.Ticket)[^1].Kid, KeyRing.Lead);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await RotateIfDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
            {
                // The key at hand is as good as it was; the next round tries again.
                log.NotRotated(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<TimeSpan> LongestTicketAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var texts = await context.ProxyProviders.Select(provider => provider.AccessTokenValidity).Distinct().ToListAsync(cancel);
        return texts.Select(TicketIssuer.ValidityOf).Append(TicketIssuer.DefaultValidity).Max();
    }
}
