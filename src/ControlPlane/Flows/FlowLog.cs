namespace Sidecar.ControlPlane.Flows;

internal static partial class FlowLog
{
    [LoggerMessage(2200, LogLevel.Error, "Flow {Flow}: stage {Stage} failed, the run is denied. Request {RequestId}")]
    public static partial void StageFailed(this ILogger logger, string flow, string stage, string requestId, Exception error);

    [LoggerMessage(2201, LogLevel.Information, "Flow {Flow}: denied, {Reason}")]
    public static partial void Denied(this ILogger logger, string flow, string reason);

    [LoggerMessage(2202, LogLevel.Information, "Sign-in: {Username} by {Method} from {Address}")]
    public static partial void SignedIn(this ILogger logger, string username, string method, string address);

    [LoggerMessage(2203, LogLevel.Information, "Sign-in refused from {Address}: {Reason}")]
    public static partial void Refused(this ILogger logger, string address, string reason);
}
