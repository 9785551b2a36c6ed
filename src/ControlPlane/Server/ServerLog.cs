using System.Net;

namespace Sidecar.ControlPlane.Server;

internal static partial class ServerLog
{
    [LoggerMessage(2001, LogLevel.Warning, "Refused a request with X-Forwarded headers from {Peer}: no declared proxy (AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS)")]
    public static partial void UndeclaredPeer(this ILogger logger, IPAddress? peer);

    [LoggerMessage(2002, LogLevel.Information, "X-Forwarded headers count from these peers only: {Networks}. Whoever can send from there can claim any client address")]
    public static partial void TrustedPeers(this ILogger logger, string networks);

    [LoggerMessage(2003, LogLevel.Information, "Embedded outpost started, process {Process}")]
    public static partial void OutpostStarted(this ILogger logger, int process);

    [LoggerMessage(2004, LogLevel.Error, "The embedded outpost ended with code {Code}; starting it again in {Pause}")]
    public static partial void OutpostEnded(this ILogger logger, int code, TimeSpan pause);

    [LoggerMessage(2005, LogLevel.Error, "The embedded outpost cannot be started from {Path}: {Problem}")]
    public static partial void OutpostNotStarted(this ILogger logger, string path, string problem);

    [LoggerMessage(2006, LogLevel.Warning, "The outpost 'authentik Embedded Outpost' or its token was deleted: no embedded outpost is started, and nothing listens")]
    public static partial void NoOutpostToken(this ILogger logger);
}
