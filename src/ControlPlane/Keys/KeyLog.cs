namespace Sidecar.ControlPlane.Keys;

internal static partial class KeyLog
{
    [LoggerMessage(2701, LogLevel.Warning, "The keys cannot be read again; those at hand go on")]
    public static partial void KeysUnreadable(this ILogger logger, Exception error);

    [LoggerMessage(2702, LogLevel.Warning, "AUTHENTIK_SECRET_KEY {Weakness}: whoever gets a copy of the database can open its keys. Make another with: openssl rand -base64 48")]
    public static partial void WeakSecretKey(this ILogger logger, string weakness);

    [LoggerMessage(2704, LogLevel.Information, "Made the ticket key {Kid}; it signs in {Lead}, and outposts learn of it now")]
    public static partial void TicketKeyRotated(this ILogger logger, string kid, TimeSpan lead);

    [LoggerMessage(2705, LogLevel.Warning, "No new ticket key could be made; the one at hand goes on")]
    public static partial void NotRotated(this ILogger logger, Exception error);
}
