using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Applications;

/// <summary>Makes and opens what a proxy provider keeps wrapped.</summary>
internal static class ProxyProviderSecrets
{
    private const string ClientSecretPurpose = "proxy-provider/client-secret";
    private const string SealingKeyPurpose = "proxy-provider/sealing-key";
    private const int SealingKeyBytes = 32;

    // As authentik's: letters and digits, 40 and 128 of them.
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string NewClientId() => RandomNumberGenerator.GetString(Alphabet, 40);

    public static string NewClientSecret() => RandomNumberGenerator.GetString(Alphabet, 128);

    public static byte[] NewSealingKey(KeyWrap wrap) => wrap.Wrap(SealingKeyPurpose, RandomNumberGenerator.GetBytes(SealingKeyBytes));

    public static byte[] WrapClientSecret(KeyWrap wrap, string secret) => wrap.Wrap(ClientSecretPurpose, Encoding.UTF8.GetBytes(secret));

    public static string ClientSecretOf(ProxyProvider provider, KeyWrap wrap) =>
        Encoding.UTF8.GetString(wrap.Unwrap(ClientSecretPurpose, provider.ClientSecretWrapped));

    /// <summary>The current key, then the previous one if there is one.</summary>
    public static IReadOnlyList<byte[]> SealingKeysOf(ProxyProvider provider, KeyWrap wrap)
    {
        var current = wrap.Unwrap(SealingKeyPurpose, provider.SealingKeyWrapped);
        return provider.PreviousSealingKeyWrapped is { } previous ? [current, wrap.Unwrap(SealingKeyPurpose, previous)] : [current];
    }
}
