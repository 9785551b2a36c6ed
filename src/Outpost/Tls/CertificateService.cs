namespace Sidecar.Outpost.Tls;

/// <summary>Looks for changed certificate files, and renews the outpost's own.</summary>
internal sealed class CertificateService(ServerCertificates certificates, TimeProvider time, ILogger<CertificateService> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start does not wait for the first look, and the first HTTPS connection finds what was made in it.
        await Task.Yield();
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                certificates.Refresh();
                _ = certificates.Current;
            }
            catch (Exception error)
            {
                // The certificate that stands is good for days: there is time to try again.
                logger.RenewalFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
