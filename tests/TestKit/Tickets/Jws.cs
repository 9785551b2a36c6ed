using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sidecar.TestKit.Tickets;

/// <summary>Compact JWS by hand, so that tests can make every wrong one too.</summary>
public static class Jws
{
    public static string Sign(JsonObject header, JsonObject payload, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var message = Message(header, payload);
        return $"{message}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(message), HashAlgorithmName.SHA256))}";
    }

    public static string Message(JsonObject header, JsonObject payload)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(payload);
        return $"{Encode(header.ToJsonString())}.{Encode(payload.ToJsonString())}";
    }

    public static JsonObject Payload(string jws) => Part(jws, 1);

    public static JsonObject Header(string jws) => Part(jws, 0);

    private static JsonObject Part(string jws, int index)
    {
        ArgumentNullException.ThrowIfNull(jws);
        return JsonNode.Parse(Base64Url.DecodeFromChars(jws.Split('.')[index]))!.AsObject();
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
