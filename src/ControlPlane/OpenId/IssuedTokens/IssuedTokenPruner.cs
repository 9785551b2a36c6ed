using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

/// <summary>Deletes the rows of tokens that have expired.</summary>
internal sealed class IssuedTokenPruner(Database database, TimeProvider time, ILogger<IssuedTokenPruner> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    // Clocks of replicas differ a little; an unexpired token whose row is gone could no longer be told from a forged one.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var context = database.Open();
                var threshold = time.GetUtcNow() - Grace;
                await context.Set<IssuedToken>().Where(token => token.ExpiresAt < threshold).ExecuteDeleteAsync(stoppingToken);
            }
            catch (DbException error)
            {
                log.PruneFailed(error);
            }
        }
    }
}
