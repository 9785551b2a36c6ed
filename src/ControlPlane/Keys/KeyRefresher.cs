using System.Data.Common;

namespace Sidecar.ControlPlane.Keys;

/// <summary>Finds keys that another replica made, long before they sign.</summary>
internal sealed class KeyRefresher(KeyRing ring, TimeProvider time, ILogger<KeyRefresher> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ring.ReloadAsync(stoppingToken);
            }
            catch (Exception error) when (error is DbException or TimeoutException or InvalidOperationException)
            {
                log.KeysUnreadable(error);
            }
        }
    }
}
