namespace Sidecar.Contracts.Signing;

/// <summary>An ES256 public key (RFC 7518 section 6.2.1): P-256, coordinates in base64url without padding.</summary>
public sealed record PublicKeyRecord
{
    /// <summary>Key id: the RFC 7638 thumbprint, so that a key cannot take another one's name.</summary>
    public required string Kid { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }
}
