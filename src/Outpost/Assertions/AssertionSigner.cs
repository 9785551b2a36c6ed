using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sidecar.Outpost.Assertions;

/// <summary>Makes the value of <c>X-authentik-jwt</c>: a compact JWS (RFC 7515), ES256, with a type of its own so that nothing else of ours can take it.</summary>
internal sealed class AssertionSigner(ECDsa key, string kid)
{
    public const string Type = "sidecar-assertion+jwt";

    public const int LifetimeSeconds = 300;

    /// <summary>One that has less than this left is made anew beside the requests that still use it.</summary>
    public const int RenewalSeconds = 60;

    // Two requests may make assertions at once; a key object is not promised to bear that.
    private readonly Lock _signing = new();
    private readonly string _header = Encode(writer =>
    {
        writer.WriteString("alg", "ES256");
        writer.WriteString("typ", Type);
        writer.WriteString("kid", kid);
    });

    public string Sign(AssertionClaims claims, long now)
    {
        var message = $"{_header}.{Encode(writer => Write(writer, claims, now))}";
        byte[] signature;
        lock (_signing)
        {
            signature = key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256);
        }

        return $"{message}.{Base64Url.EncodeToString(signature)}";
    }

    private static void Write(Utf8JsonWriter writer, AssertionClaims claims, long now)
    {
        writer.WriteString("iss", claims.Issuer);
        writer.WriteString("aud", claims.Audience);
        writer.WriteString("sub", claims.Subject);
        writer.WriteNumber("iat", now);
        writer.WriteNumber("exp", now + LifetimeSeconds);
        if (claims.Session is { } session)
        {
            writer.WriteString("sid", session);
        }

        writer.WriteString("preferred_username", claims.Username);
        writer.WriteString("name", claims.Name);
        writer.WriteString("email", claims.Email);
        WriteList(writer, "groups", claims.Groups);
        WriteList(writer, "entitlements", claims.Entitlements);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
