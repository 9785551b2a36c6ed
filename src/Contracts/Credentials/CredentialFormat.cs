using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Contracts.Credentials;

/// <summary>
/// How app passwords and API tokens look: <c>sdc_</c>, 40 random characters, 6 of checksum. The checksum is no secret; it lets an outpost
/// refuse junk without asking anybody, and lets secret scanners recognise a leaked one.
/// </summary>
public static class CredentialFormat
{
    public const string Prefix = "sdc_";

    // 62^40 is about 238 bits.
    private const int RandomLength = 40;
    private const int ChecksumLength = 6;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    public static int Length => Prefix.Length + RandomLength + ChecksumLength;

    public static string Create()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return string.Concat(Prefix, random, ChecksumOf(random));
    }

    /// <summary>Whether <paramref name="text"/> could be one of ours. True proves nothing.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var random = text.Slice(Prefix.Length, RandomLength);
        return !random.ContainsAnyExcept(Allowed) && text[^ChecksumLength..].SequenceEqual(ChecksumOf(random));
    }

    /// <summary>What is stored and compared: they are random, so a plain hash is enough.</summary>
    public static byte[] HashOf(ReadOnlySpan<char> credential)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(credential, bytes, out var written)
            ? SHA256.HashData(bytes[..written])
            : SHA256.HashData(Encoding.UTF8.GetBytes(credential.ToArray()));
    }

    private static string ChecksumOf(ReadOnlySpan<char> random)
    {
        Span<byte> bytes = stackalloc byte[RandomLength];
        Encoding.ASCII.GetBytes(random, bytes);
        ulong hash = Crc32.HashToUInt32(bytes);
        Span<char> text = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(hash % 62)];
            hash /= 62;
        }

        return new string(text);
    }
}
