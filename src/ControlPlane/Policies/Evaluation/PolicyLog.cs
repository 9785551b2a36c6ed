namespace Sidecar.ControlPlane.Policies.Evaluation;

internal static partial class PolicyLog
{
    [LoggerMessage(3001, LogLevel.Information, "Policy {Policy}: passing {Passing} for {Username}")]
    public static partial void Answered(this ILogger logger, string policy, bool passing, string username);

    [LoggerMessage(3002, LogLevel.Warning, "Policy {Policy} gave no answer within {Timeout}; its binding's failure result counts")]
    public static partial void TooSlow(this ILogger logger, string policy, TimeSpan timeout);

    [LoggerMessage(3003, LogLevel.Error, "Policy {Policy} is of the kind {Kind}, which this version does not know: it passes nobody")]
    public static partial void UnknownKind(this ILogger logger, string policy, string kind);

    [LoggerMessage(3004, LogLevel.Warning, "A new password could not be compared with known breaches, so it was refused: {Problem}")]
    public static partial void BreachesUnknown(this ILogger logger, string problem);
}
