namespace Sidecar.Outpost.Channel;

internal static partial class ChannelLog
{
    [LoggerMessage(2001, LogLevel.Debug, "{Method} {Address} failed: {Problem}")]
    public static partial void CallFailed(this ILogger logger, string method, string address, string problem);

    [LoggerMessage(2002, LogLevel.Information, "First contact: installation {Installation} and its snapshot keys are pinned; this is outpost {Outpost}")]
    public static partial void Pinned(this ILogger logger, Guid installation, string outpost);

    [LoggerMessage(2003, LogLevel.Error, "Snapshot key {Key} is not endorsed by a pinned one and is not trusted")]
    public static partial void KeyNotEndorsed(this ILogger logger, string key);

    [LoggerMessage(2004, LogLevel.Error, "The control plane's word is not accepted: {Reason}")]
    public static partial void TrustRefused(this ILogger logger, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "The control plane's database was restored or replaced (epoch {Epoch}): everything is read again")]
    public static partial void NewEpoch(this ILogger logger, string epoch);

    [LoggerMessage(2006, LogLevel.Warning, "The control plane cannot be reached: {Problem}. Trying again")]
    public static partial void Away(this ILogger logger, string problem);

    [LoggerMessage(2007, LogLevel.Error, "The control plane does not know AUTHENTIK_TOKEN ({Problem}). Copy the token of this outpost again. The state stays")]
    public static partial void TokenUnknown(this ILogger logger, string problem);

    [LoggerMessage(2008, LogLevel.Critical, "What answers at {Address} is not Sidecar's control plane: {Problem}. Set AUTHENTIK_HOST to the control plane's own address")]
    public static partial void NotOurs(this ILogger logger, string address, string problem);

    [LoggerMessage(2009, LogLevel.Information, "In step with the control plane at change {Newest}")]
    public static partial void InStep(this ILogger logger, long newest);

    [LoggerMessage(2010, LogLevel.Warning, "The stream of changes ended: {Problem}. Asking every 5 seconds until it is back")]
    public static partial void StreamEnded(this ILogger logger, string problem);

    [LoggerMessage(2011, LogLevel.Information, "The stream of changes is up")]
    public static partial void StreamUp(this ILogger logger);

    [LoggerMessage(2012, LogLevel.Critical, "The control plane says goodbye ({Reason}): nothing is served any more, and the state is deleted")]
    public static partial void SaidGoodbye(this ILogger logger, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "A goodbye of installation {Installation}, which is not the pinned one, is ignored")]
    public static partial void ForeignGoodbye(this ILogger logger, Guid installation);

    [LoggerMessage(2014, LogLevel.Warning, "The control plane's clock moved by {Jump} against this machine's; the control plane's counts")]
    public static partial void ClockJumped(this ILogger logger, TimeSpan jump);

    [LoggerMessage(2015, LogLevel.Error, "The control plane refused the registration: {Problem}")]
    public static partial void RegistrationRefused(this ILogger logger, string problem);

    [LoggerMessage(2016, LogLevel.Error, "A part of the channel failed unexpectedly and starts again")]
    public static partial void PartFailed(this ILogger logger, Exception error);

    [LoggerMessage(2017, LogLevel.Warning, "Change {Seen} was seen here, and the control plane ends at {Newest}: its database was restored from a backup")]
    public static partial void WentBack(this ILogger logger, long seen, long newest);
}
