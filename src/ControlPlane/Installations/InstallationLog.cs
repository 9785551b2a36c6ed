namespace Sidecar.ControlPlane.Installations;

internal static partial class InstallationLog
{
    [LoggerMessage(2501, LogLevel.Warning, "The database was restored from a backup: change {Seen} was seen before, it now ends at {Newest}. A new epoch begins; outposts read everything anew")]
    public static partial void Restored(this ILogger logger, long seen, long newest);
}
