namespace Sidecar.Outpost.ForwardAuth;

internal static partial class ForwardAuthLog
{
    [LoggerMessage(2001, LogLevel.Information, "Refused ({Reason}) at {Host}{Path} for {User}, asked by {Dialect} at {Peer}")]
    public static partial void Refused(this ILogger logger, string reason, string host, string path, string user, string dialect, string peer);

    [LoggerMessage(2002, LogLevel.Warning, "Refused (untrusted-peer): forwarded headers came from {Peer}; if it is your proxy, add it to AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS")]
    public static partial void UntrustedPeer(this ILogger logger, string peer);

    [LoggerMessage(2003, LogLevel.Warning, "Refused (spoofed-header): {Header} came with the request, asked by {Dialect} at {Peer}. {Help}")]
    public static partial void SpoofedHeader(this ILogger logger, string header, string dialect, string peer, string help);

    [LoggerMessage(2004, LogLevel.Warning, "Refused ({Reason}): the question of {Dialect} at {Peer} cannot be read. {Help}")]
    public static partial void Unreadable(this ILogger logger, string reason, string dialect, string peer, string help);

    [LoggerMessage(2005, LogLevel.Warning, "Tickets of two users came with one request at {Host}; a sibling host may have planted one")]
    public static partial void TwoUsers(this ILogger logger, string host);

    [LoggerMessage(2006, LogLevel.Warning, "Refused (identity-too-large) at {Host} for {User}: {Size} bytes of identity headers, {Setting} allows {Budget}")]
    public static partial void IdentityTooLarge(this ILogger logger, string host, string user, int size, string setting, int budget);

    [LoggerMessage(2007, LogLevel.Error, "A request was refused because of an error")]
    public static partial void Failed(this ILogger logger, Exception error);

    [LoggerMessage(2008, LogLevel.Error, "An assertion could not be renewed")]
    public static partial void RenewalFailed(this ILogger logger, Exception error);

    [LoggerMessage(2009, LogLevel.Warning, "Ignored (SIDECAR_IDENTITY_HEADERS=ignore): {Requests} requests brought identity headers since the last such line, now {Header}, asked by {Dialect} at {Peer}. The proxy that asks must replace all twelve by those of the answer")]
    public static partial void IdentityIgnored(this ILogger logger, long requests, string header, string dialect, string peer);
}
