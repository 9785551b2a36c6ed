namespace Sidecar.Contracts.Channel;

/// <summary>Secrets of one provider.</summary>
public sealed record ProviderSecrets
{
    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>32 bytes each, base64url: first the current sealing key, then the previous one if there is one. The first seals, each opens.</summary>
    public required IReadOnlyList<string> SealingKeys { get; init; }

    // A record prints its members; a log line must not.
    public override string ToString() => $"ProviderSecrets {{ ClientId = {ClientId} }}";
}
