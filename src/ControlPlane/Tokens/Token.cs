using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Tokens;

/// <summary>A secret that acts for a user: API token, app password, or a link in a mail.</summary>
internal sealed class Token
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Identifier { get; set; }

    public required TokenIntent Intent { get; set; }

    /// <summary>SHA-256 of the secret: it is random, so a plain hash is enough, and one indexed look-up finds it.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The secret, wrapped, so that its owner can be shown it again.</summary>
    public required byte[] KeyWrapped { get; set; }

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    public string Description { get; set; } = "";

    public bool Expiring { get; set; } = true;

    public DateTimeOffset? ExpiresAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Managed { get; init; }

    /// <summary>An expiring token without a time is treated as expired: nobody meant it to live forever.</summary>
    public bool IsLive(DateTimeOffset now) => !Expiring || ExpiresAt > now;
}
