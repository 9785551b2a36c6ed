using Sidecar.Outpost.Configuration;

namespace Sidecar.Outpost.Hosting;

/// <summary>What an administrator should know of each start.</summary>
internal sealed partial class StartLog(OutpostOptions options, ILogger<StartLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Starting(logger, OutpostVersion.Text, options.Http.ToString(), options.Https.ToString(), options.Metrics.ToString());
        Trusting(logger, string.Join(", ", options.TrustedProxies.Networks));
        if (options.Insecure)
        {
            NotChecking(logger);
        }

        if (options.IdentityHeaders == IdentityHeaderRule.Ignore)
        {
            IgnoringIdentity(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Information, "sidecar-outpost {Version}: http {Http}, https {Https}, metrics {Metrics}")]
    private static partial void Starting(ILogger logger, string version, string http, string https, string metrics);

    [LoggerMessage(1102, LogLevel.Information, "Forwarded headers count only from {Networks}: whoever can connect from there can name any address as the one asked for. Narrow it to your proxies with AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS")]
    private static partial void Trusting(ILogger logger, string networks);

    [LoggerMessage(1103, LogLevel.Warning, "AUTHENTIK_INSECURE is set: the control plane's certificate is not checked, so whoever is between can read the token")]
    private static partial void NotChecking(ILogger logger);

    [LoggerMessage(1104, LogLevel.Warning, "SIDECAR_IDENTITY_HEADERS=ignore: requests that bring X-authentik-* are not refused. Each proxy that asks must replace all twelve by those of the answer, else whoever reaches it names himself")]
    private static partial void IgnoringIdentity(ILogger logger);
}
