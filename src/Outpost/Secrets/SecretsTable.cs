using System.Buffers.Text;
using System.Collections.Frozen;
using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Secrets;

/// <summary>Secrets by client id, decoded once when they arrive.</summary>
internal sealed class SecretsTable
{
    private const int KeyBytes = 32;

    public static readonly SecretsTable Empty = new(FrozenDictionary<string, DecodedSecrets>.Empty);

    private readonly FrozenDictionary<string, DecodedSecrets> _byClientId;

    private SecretsTable(FrozenDictionary<string, DecodedSecrets> byClientId)
    {
        _byClientId = byClientId;
    }

    public DecodedSecrets? Find(string clientId) => _byClientId.GetValueOrDefault(clientId);

    /// <summary>Null for a document that no control plane can have meant: a provider twice, or a key that is not 32 bytes.</summary>
    public static SecretsTable? TryDecode(SecretsDocument document)
    {
        var table = new Dictionary<string, DecodedSecrets>(StringComparer.Ordinal);
        foreach (var provider in document.Providers)
        {
            if (TryDecodeKeys(provider.SealingKeys) is not { } keys
                || !table.TryAdd(provider.ClientId, new DecodedSecrets(provider.ClientId, provider.ClientSecret, keys)))
            {
                return null;
            }
        }

        return new SecretsTable(table.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static byte[][]? TryDecodeKeys(IReadOnlyList<string> texts)
    {
        var keys = new byte[texts.Count][];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!Base64Url.IsValid(texts[i], out var length) || length != KeyBytes)
            {
                return null;
            }

            keys[i] = Base64Url.DecodeFromChars(texts[i]);
        }

        return keys.Length == 0 ? null : keys;
    }
}
