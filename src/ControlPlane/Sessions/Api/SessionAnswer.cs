namespace Sidecar.ControlPlane.Sessions.Api;

/// <summary>The schema's <c>AuthenticatedSession</c>.</summary>
internal sealed record SessionAnswer
{
    public required Guid Uuid { get; init; }

    public required bool Current { get; init; }

    public required UserAgentAnswer UserAgent { get; init; }

    public string? GeoIp { get; init; }

    public string? Asn { get; init; }

    public required int User { get; init; }

    public required string LastIp { get; init; }

    public required string LastUserAgent { get; init; }

    public required DateTimeOffset LastUsed { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <param name="session">With its user.</param>
    /// <param name="current">The session that asks, if one does.</param>
    public static SessionAnswer Of(Session session, Guid? current) => new()
    {
        Uuid = session.Id,
        Current = session.Id == current,
        UserAgent = UserAgentAnswer.Of(session.UserAgent),
        User = session.User!.Pk,
        LastIp = session.Ip,
        LastUserAgent = session.UserAgent,
        LastUsed = session.LastUsedAt,
        Expires = session.ExpiresAt,
    };
}
