namespace Sidecar.ControlPlane.Keys;

/// <summary>A signing key of the installation.</summary>
internal sealed class KeyRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required KeyPurpose Purpose { get; init; }

    /// <summary>RFC 7638 thumbprint.</summary>
    public required string Kid { get; init; }

    /// <summary>SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS #8, wrapped.</summary>
    public required byte[] PrivateKeyWrapped { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it signs no more.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>From then on it verifies no more: the last thing that it signed has expired.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Snapshot keys: the key before it, which vouches for it.</summary>
    public string? EndorsedBy { get; init; }

    public string? Endorsement { get; init; }
}
