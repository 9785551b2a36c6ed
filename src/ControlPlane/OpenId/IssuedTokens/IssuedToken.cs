namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

/// <summary>A code, access token or refresh token that was given out: what makes a code single-use and a token revocable.</summary>
internal sealed class IssuedToken
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>No foreign key: while a token is unexpired its row is looked for, even when the provider is gone.</summary>
    public int? ProviderId { get; set; }

    /// <summary>One sign-in: what a code was exchanged for, and what later came of that, share it.</summary>
    public string? ChainId { get; set; }

    public string Subject { get; set; } = "";

    public string Type { get; set; } = "";

    public string Status { get; set; } = "";

    /// <summary>SHA-256 of what the client holds, where that is only a reference.</summary>
    public string? ReferenceId { get; set; }

    /// <summary>Encrypted by Data Protection.</summary>
    public string? Payload { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>Raised by each change: of two that redeem one code at once, one finds it changed.</summary>
    public int Version { get; set; }
}
