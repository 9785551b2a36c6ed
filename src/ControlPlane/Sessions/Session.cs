using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Sessions;

/// <summary>A browser that is signed in at the control plane. It ends by being deleted.</summary>
internal sealed class Session
{
    /// <summary>The <c>sid</c> of tickets. Applications see it, so it opens nothing: the browser's cookie is another secret.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    /// <summary>SHA-256 of the cookie's random value.</summary>
    public required byte[] CookieHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>Moves on with use, never past <see cref="AbsoluteEnd"/>.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public required DateTimeOffset AbsoluteEnd { get; init; }

    public string Ip { get; set; } = "";

    public string UserAgent { get; set; } = "";

    /// <summary>When the user last proved who they are (OpenID Connect <c>auth_time</c>).</summary>
    public required DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>How (RFC 8176), space separated: <c>pwd</c>.</summary>
    public string Methods { get; set; } = "";

    public string Context { get; set; } = "";

    /// <summary>Whose session this one is in truth: that of an administrator who acts as <see cref="User"/>. It ends with it.</summary>
    public Guid? ImpersonatorSessionId { get; init; }

    public Session? ImpersonatorSession { get; init; }

    public bool IsLive(DateTimeOffset now) => ExpiresAt > now && AbsoluteEnd > now;
}
