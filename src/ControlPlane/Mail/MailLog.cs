namespace Sidecar.ControlPlane.Mail;

internal static partial class MailLog
{
    [LoggerMessage(2500, LogLevel.Information, "Mail {Id} was given to {Server} at attempt {Attempt}")]
    public static partial void MailSent(this ILogger logger, Guid id, string server, int attempt);

    [LoggerMessage(2501, LogLevel.Warning, "Mail {Id} could not be sent at attempt {Attempt}, which is tried again in {Wait}: {Reason}")]
    public static partial void MailDelayed(this ILogger logger, Guid id, int attempt, TimeSpan wait, string reason);

    [LoggerMessage(2502, LogLevel.Error, "Mail {Id} is given up after {Attempts} attempts: {Reason}")]
    public static partial void MailGivenUp(this ILogger logger, Guid id, int attempts, string reason);

    [LoggerMessage(2503, LogLevel.Error, "The mails that wait could not be looked at; they are once more in half a minute")]
    public static partial void OutboxUnreadable(this ILogger logger, Exception error);

    [LoggerMessage(2504, LogLevel.Warning, "The mail server {Server} gets its password over a connection that anybody on the way can read: set AUTHENTIK_EMAIL__USE_TLS or AUTHENTIK_EMAIL__USE_SSL")]
    public static partial void PasswordInClear(this ILogger logger, string server);
}
