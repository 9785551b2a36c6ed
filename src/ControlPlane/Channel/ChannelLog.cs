namespace Sidecar.ControlPlane.Channel;

internal static partial class ChannelLog
{
    [LoggerMessage(2401, LogLevel.Information, "Outpost {Outpost} follows the change log")]
    public static partial void Connected(this ILogger logger, string outpost);

    [LoggerMessage(2402, LogLevel.Information, "Outpost {Outpost} no longer follows the change log")]
    public static partial void Disconnected(this ILogger logger, string outpost);

    [LoggerMessage(2403, LogLevel.Warning, "An outpost with a withdrawn token ({Reason}) was told to stop")]
    public static partial void Withdrawn(this ILogger logger, string reason);
}
