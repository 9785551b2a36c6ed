namespace Sidecar.Outpost.State;

internal static partial class StateLog
{
    [LoggerMessage(3001, LogLevel.Warning, "State file {Name} is damaged, foreign or of another token; going on as if it were absent")]
    public static partial void Unreadable(this ILogger logger, string name);

    [LoggerMessage(3002, LogLevel.Error, "State file {Name} could not be written: {Problem}. Decisions go on and it is tried again, but a restart before that will not know of it")]
    public static partial void NotWritten(this ILogger logger, string name, string problem);

    [LoggerMessage(3003, LogLevel.Error, "State file {Name} could not be deleted: {Problem}. Delete it by hand")]
    public static partial void NotDeleted(this ILogger logger, string name, string problem);

    [LoggerMessage(3004, LogLevel.Information, "State restored: snapshot revision {Revision}, {Principals} principals, last contact {Age} ago")]
    public static partial void Restored(this ILogger logger, long revision, int principals, TimeSpan age);

    [LoggerMessage(3005, LogLevel.Warning, "The last contact in the state lies {Ahead} in the future: this machine's clock went back, so its age is unknown and nothing is served before the next contact")]
    public static partial void ClockWentBack(this ILogger logger, TimeSpan ahead);

    [LoggerMessage(3006, LogLevel.Warning, "The log of principals is damaged after {Count} entries; what follows is treated as absent")]
    public static partial void LogDamaged(this ILogger logger, int count);
}
