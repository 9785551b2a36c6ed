namespace Sidecar.ControlPlane.Sessions;

/// <summary>A session signed in at a provider; made when its ticket is. Outposts of that provider may read the principal and end the session.</summary>
internal sealed class SessionGrant
{
    public required Guid SessionId { get; init; }

    public required int ProviderId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
