using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>What a user proves themselves with beside a password. It is in the table once it was confirmed, never before.</summary>
internal abstract class AuthenticatorDevice
{
    /// <summary>How many one user may have: enough for every drawer, too few to fill a disk.</summary>
    public const int MaxPerUser = 30;

    public const int NameMaxLength = 64;

    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>One of <see cref="DeviceClass"/>.</summary>
    public abstract string Class { get; }
}
