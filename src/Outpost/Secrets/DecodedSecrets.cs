namespace Sidecar.Outpost.Secrets;

/// <summary>Secrets of one provider, ready to use.</summary>
/// <param name="ClientId">The provider.</param>
/// <param name="ClientSecret">For the token endpoint.</param>
/// <param name="SealingKeys">32 bytes each, newest first: the first seals, each opens. Never empty.</param>
internal sealed record DecodedSecrets(string ClientId, string ClientSecret, IReadOnlyList<byte[]> SealingKeys)
{
    // A record prints its members; a log line must not.
    public override string ToString() => $"DecodedSecrets {{ ClientId = {ClientId} }}";
}
