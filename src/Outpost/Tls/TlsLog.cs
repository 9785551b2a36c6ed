namespace Sidecar.Outpost.Tls;

internal static partial class TlsLog
{
    [LoggerMessage(4001, LogLevel.Information, "The outpost's own certificate was renewed")]
    public static partial void Renewed(this ILogger logger);

    [LoggerMessage(4002, LogLevel.Information, "The certificate was read again and holds for new connections")]
    public static partial void Reloaded(this ILogger logger);

    [LoggerMessage(4003, LogLevel.Error, "The changed certificate cannot be used: {Problem}. The old one stays")]
    public static partial void KeptOld(this ILogger logger, string problem);

    [LoggerMessage(4004, LogLevel.Error, "Renewing the certificate failed and is tried again")]
    public static partial void RenewalFailed(this ILogger logger, Exception error);

    [LoggerMessage(4005, LogLevel.Error, "The outpost's own new certificate could not be written: {Problem}. It is used all the same; the next start makes another")]
    public static partial void NotKept(this ILogger logger, string problem);
}
