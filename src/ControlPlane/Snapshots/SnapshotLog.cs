namespace Sidecar.ControlPlane.Snapshots;

internal static partial class SnapshotLog
{
    [LoggerMessage(2301, LogLevel.Information, "Snapshot for outpost {Outpost}: revision {Revision}, contains changes up to {Number}")]
    public static partial void Published(this ILogger logger, string outpost, long revision, long number);

    [LoggerMessage(2302, LogLevel.Error, "Snapshots could not be built; outposts go on with those that they have, and this is tried again")]
    public static partial void PublishingFailed(this ILogger logger, Exception error);
}
