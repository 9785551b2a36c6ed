using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Contracts.Signing;

/// <summary>P-256 keys to and from their published form.</summary>
public static class EcKeys
{
    private const int CoordinateBytes = 32;

    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public half of <paramref name="key"/>.</summary>
    public static PublicKeyRecord Publish(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var x = Base64Url.EncodeToString(point.X);
        var y = Base64Url.EncodeToString(point.Y);
        return new PublicKeyRecord { Kid = Thumbprint(x, y), X = x, Y = y };
    }

    /// <summary>The key, or null when the record is not a point on P-256 or its id is not its thumbprint.</summary>
    public static ECDsa? TryImport(PublicKeyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!TryDecode(record.X, out var x) || !TryDecode(record.Y, out var y) || record.Kid != Thumbprint(record.X, record.Y))
        {
            return null;
        }

        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        }
        catch (CryptographicException)
        {
            // Not on the curve: a value, not a bug of ours.
            return null;
        }
    }

    /// <summary>RFC 7638: SHA-256 of the required members in lexical order.</summary>
    private static string Thumbprint(string x, string y) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));

    private static bool TryDecode(string text, out byte[] coordinate)
    {
        coordinate = new byte[CoordinateBytes];
        return Base64Url.IsValid(text, out var length) && length == CoordinateBytes
            && Base64Url.TryDecodeFromChars(text, coordinate, out var written) && written == CoordinateBytes;
    }
}
