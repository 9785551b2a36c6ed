namespace Sidecar.ControlPlane.Notifications;

internal static partial class NotificationLog
{
    [LoggerMessage(3101, LogLevel.Warning, "Notification rules: the policy of binding {Binding} failed; the rule does not hold")]
    public static partial void PolicyFailed(this ILogger logger, Guid binding, Exception error);

    [LoggerMessage(3102, LogLevel.Warning, "Notification transport {Transport}: attempt {Attempt} failed ({Problem}); it is tried again")]
    public static partial void DeliveryFailed(this ILogger logger, string transport, int attempt, string problem);

    [LoggerMessage(3103, LogLevel.Error, "Notification transport {Transport}: given up after {Attempt} attempts ({Problem})")]
    public static partial void DeliveryGivenUp(this ILogger logger, string transport, int attempt, string problem);

    [LoggerMessage(3104, LogLevel.Error, "Notifications could not be worked on; the next round tries again")]
    public static partial void RoundFailed(this ILogger logger, Exception error);

    [LoggerMessage(3105, LogLevel.Error, "Nobody could be told of event {Event}; it is left out")]
    public static partial void EventNotTold(this ILogger logger, Exception error, Guid @event);
}
