using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.SignIn;

/// <summary>
/// Seals what a browser carries for us: AES-256-GCM, purpose and client id as associated data, so that a text sealed for one purpose or provider opens for no
/// other. The first key seals, each opens.
/// </summary>
internal sealed class Sealer(IReadOnlyList<byte[]> keys, string clientId)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    // Far above anything we seal; bounds what a stranger can make us decrypt.
    private const int MaxText = 8192;

    // The decoder would also take padding and blanks: a sealed text has one spelling.
    private static readonly SearchValues<char> Letters = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private readonly byte[][] _keys = [.. keys.Where(key => key.Length == KeyBytes)];

    public bool CanSeal => _keys.Length > 0;

    public string Seal(string purpose, ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[0], TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), AssociatedData(purpose));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>What was sealed, or null: cut short, changed, made for another purpose or provider, or not by us.</summary>
    public byte[]? Open(string purpose, ReadOnlySpan<char> text)
    {
        if (text.Length > MaxText || text.ContainsAnyExcept(Letters) || !Base64Url.IsValid(text, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var sealedBytes = Base64Url.DecodeFromChars(text);
        foreach (var key in _keys)
        {
            if (Open(key, sealedBytes, AssociatedData(purpose)) is { } plain)
            {
                return plain;
            }
        }

        return null;
    }

    private static byte[]? Open(byte[] key, byte[] sealedBytes, byte[] associated)
    {
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] AssociatedData(string purpose) => Encoding.UTF8.GetBytes($"{purpose}\n{clientId}");
}
