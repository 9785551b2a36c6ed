namespace Sidecar.ControlPlane.Installations;

internal static partial class InstallationLog
{
    [LoggerMessage(2501, LogLevel.Warning, "The database was restored from a backup: change {Seen} was seen before, it now ends at {Newest}. A new epoch begins; outposts read everything anew")]
    public static partial void Restored(this ILogger logger, long seen, long newest);

    [LoggerMessage(2502, LogLevel.Error, "The newest change could not be noted; whether the database went back is looked at again in a moment")]
    public static partial void CheckFailed(this ILogger logger, Exception error);

    [LoggerMessage(2503, LogLevel.Warning, "Outpost {Outpost} has seen change {Seen}, which the database does not have")]
    public static partial void OutpostSawMore(this ILogger logger, string outpost, long seen);

    [LoggerMessage(2504, LogLevel.Warning, "Outpost {Outpost} has seen change {Seen}, which the database does not have; no new epoch begins, as one began on an outpost's word within five minutes")]
    public static partial void WordNotTaken(this ILogger logger, string outpost, long seen);
}
