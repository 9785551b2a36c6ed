using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.State;

/// <summary>
/// AES-256-GCM under a key derived from the outpost's token: who can read or write the folder learns nothing and plants nothing, and with another
/// token the old state is as good as absent.
/// </summary>
internal sealed class StateCipher : IDisposable
{
    public const int Overhead = NonceBytes + TagBytes;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _aes;

    // One OpenSSL context: it serves one caller at a time.
    private readonly Lock _using = new();

    public StateCipher(string token)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), key, salt: [], info: "sidecar outpost state v1"u8);
        _aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <param name="plain">What is to be kept.</param>
    /// <param name="place">Where it lies: the same bytes in another place do not open.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[Overhead + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (_using)
        {
            _aes.Encrypt(nonce, plain, sealedBytes.AsSpan(Overhead), sealedBytes.AsSpan(NonceBytes, TagBytes), place);
        }

        return sealedBytes;
    }

    /// <summary>Null when it is damaged, foreign, of another place or of another token.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        if (sealedBytes.Length < Overhead)
        {
            return null;
        }

        var plain = new byte[sealedBytes.Length - Overhead];
        try
        {
            lock (_using)
            {
                _aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[Overhead..], sealedBytes.Slice(NonceBytes, TagBytes), plain, place);
            }

            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _aes.Dispose();
}
