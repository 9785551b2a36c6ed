namespace Sidecar.Contracts.Signing;

/// <summary>A key that signs snapshots, with the word of the key before it.</summary>
public sealed record EndorsedKey
{
    public required PublicKeyRecord Key { get; init; }

    /// <summary>The key that endorses it; null for the first key of an installation.</summary>
    public string? EndorsedBy { get; init; }

    /// <summary>ES256 over <see cref="KeyEndorsement.Message"/>, base64url.</summary>
    public string? Endorsement { get; init; }
}
