namespace Sidecar.ControlPlane.Sweeping;

internal static partial class SweepingLog
{
    [LoggerMessage(2601, LogLevel.Warning, "Expired rows could not all be removed; tried again soon")]
    public static partial void SweepFailed(this ILogger logger, Exception error);
}
