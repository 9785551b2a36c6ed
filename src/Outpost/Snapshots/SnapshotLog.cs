namespace Sidecar.Outpost.Snapshots;

internal static partial class SnapshotLog
{
    [LoggerMessage(1001, LogLevel.Information, "Snapshot {Revision} of epoch {Epoch} is in force: {Applications} applications")]
    public static partial void InForce(this ILogger logger, long revision, string epoch, int applications);

    [LoggerMessage(1002, LogLevel.Error, "Snapshot refused: {Reason}. The last good one stays")]
    public static partial void Refused(this ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "In snapshot {Revision}: {Problem}")]
    public static partial void Problem(this ILogger logger, long revision, string problem);

    [LoggerMessage(1004, LogLevel.Error, "Secrets refused: they hold a provider twice, or a key that is not 32 bytes. The last good ones stay")]
    public static partial void SecretsRefused(this ILogger logger);
}
