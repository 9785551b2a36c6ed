namespace Sidecar.Outpost.Channel;

internal static partial class ChannelLog
{
    [LoggerMessage(2001, LogLevel.Debug, "{Method} {Address} failed: {Problem}")]
    public static partial void CallFailed(this ILogger logger, string method, string address, string problem);
}
