namespace Sidecar.ControlPlane.Changes;

internal static partial class ChangeLog
{
    [LoggerMessage(2101, LogLevel.Warning, "The change counter cannot be read; outposts hear of nothing new until it can")]
    public static partial void CounterUnreadable(this ILogger logger, Exception error);

    [LoggerMessage(2102, LogLevel.Warning, "Redis cannot be reached; other replicas hear of changes within a second instead of at once")]
    public static partial void RedisAway(this ILogger logger, Exception? error);

    [LoggerMessage(2103, LogLevel.Information, "Redis announces changes to other replicas")]
    public static partial void RedisThere(this ILogger logger);

    [LoggerMessage(2104, LogLevel.Information, "Change log trimmed up to {Number}")]
    public static partial void Trimmed(this ILogger logger, long number);
}
