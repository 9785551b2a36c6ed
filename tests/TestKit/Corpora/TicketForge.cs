using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sidecar.TestKit.Tickets;

namespace Sidecar.TestKit.Corpora;

/// <summary>Makes the tickets of <c>tickets.jsonl</c> out of an honest one.</summary>
public static class TicketForge
{
    /// <param name="row">What is changed, and how it is signed.</param>
    /// <param name="mint">Whose tickets count.</param>
    /// <param name="claims">Of an honest ticket.</param>
    /// <param name="now">Unix seconds, for claims that are times.</param>
    public static string Make(TicketRow row, TicketMint mint, JsonObject claims, long now)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(mint);
        var honest = mint.Sign(mint.Header(), claims);
        var message = Jws.Message(Changed(mint.Header(), row.Header, now), Changed(claims, row.Claims, now));
        return $"{message}.{Base64Url.EncodeToString(Signature(row.Signed, message, mint, honest))}";
    }

    private static byte[] Signature(string way, string message, TicketMint mint, string honest) => way switch
    {
        "own" => mint.Key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256),
        "own-der" => mint.Key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        "own-sha384" => mint.Key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA384),
        "stranger" => WithNewKey(ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, message),
        "p384" => WithNewKey(ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, message),
        "rsa" => WithRsa(message),
        "hmac-x" => Hmac(mint.PublicKey.X, message),
        "hmac-kid" => Hmac(mint.PublicKey.Kid, message),
        "hmac-pem" => Hmac(mint.Key.ExportSubjectPublicKeyInfoPem(), message),
        "hmac-spki" => HMACSHA256.HashData(mint.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(message)),
        "hmac-empty" => Hmac("", message),
        "copied" => Base64Url.DecodeFromChars(honest.Split('.')[2]),
        "zero" => new byte[64],
        "none" => [],
        _ => throw new InvalidDataException($"no way to sign is called {way}"),
    };

    private static byte[] WithNewKey(ECCurve curve, HashAlgorithmName hash, string message)
    {
        using var key = ECDsa.Create(curve);
        return key.SignData(Encoding.ASCII.GetBytes(message), hash);
    }

    private static byte[] WithRsa(string message)
    {
        using var key = RSA.Create(2048);
        return key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Hmac(string key, string message) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(message));

    private static JsonObject Changed(JsonObject honest, JsonObject? changes, long now)
    {
        var changed = honest.DeepClone().AsObject();
        foreach (var (name, value) in changes ?? [])
        {
            if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = TimeOf(value, now) ?? value.DeepClone();
            }
        }

        return changed;
    }

    private static JsonNode? TimeOf(JsonNode value, long now) =>
        value is JsonValue text && text.TryGetValue<string>(out var written) && written.StartsWith("now", StringComparison.Ordinal)
            ? now + long.Parse(written.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
}
