using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>OpenIddict reads its keys once. When the ring has other ones, it is made to read them again, long before a new key signs.</summary>
internal sealed class OpenIdKeyRefresher(KeyRing keys, IOptionsMonitorCache<OpenIddictServerOptions> cache, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        for (var known = Known(); await timer.WaitForNextTickAsync(stoppingToken);)
        {
            if (Known() is var found && found != known)
            {
                known = found;
                cache.TryRemove(Options.DefaultName);
            }
        }
    }

    private string Known() => string.Join(' ', keys.All(KeyPurpose.OpenId).Select(key => key.Kid).Prepend(keys.Current(KeyPurpose.OpenId).Kid));
}
