using System.Buffers;
using System.Text.Json;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// The attribute <c>additionalHeaders</c> of users and groups: a JSON object of header names and values. It can add headers for the application; it can never
/// replace an identity header, under any spelling, or change how the answer itself is read.
/// </summary>
internal static class AdditionalHeaders
{
    public const string Attribute = "additionalHeaders";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Date", "Host", "Keep-Alive", "Location",
        "Proxy-Authenticate", "Proxy-Connection", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "WWW-Authenticate",
        "X-Envoy-Auth-Headers-To-Remove",
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Read(IReadOnlyDictionary<string, string> attributes)
    {
        if (!attributes.TryGetValue(Attribute, out var text))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Somebody's attribute is not what it should be; the identity goes out without it.
            return [];
        }
    }

    private static List<KeyValuePair<string, string>> Read(JsonElement headers)
    {
        var read = new List<KeyValuePair<string, string>>();
        foreach (var header in headers.EnumerateObject())
        {
            if (IsAllowed(header.Name))
            {
                var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText();
                read.Add(new KeyValuePair<string, string>(header.Name, HeaderText.Clean(value)));
            }
        }

        return read;
    }

    private static bool IsAllowed(string name) =>
        name.Length is > 0 and <= 128 && !name.AsSpan().ContainsAnyExcept(TokenCharacters) && !SpoofGuard.IsTwin(name)
        && !Reserved.Contains(name) && !name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);
}
