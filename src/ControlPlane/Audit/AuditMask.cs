using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Audit;

/// <summary>Keeps secrets out of events: whoever reads the log must not be able to use what they find there.</summary>
internal static class AuditMask
{
    /// <summary>What stands in place of a secret, as in authentik.</summary>
    public const string Hidden = "********************";

    private const int MaxText = 1_000;
    private static readonly HashSet<string> Secrets = ["password", "passwd", "passphrase", "secret", "token", "key", "apikey", "signature", "credential", "hash", "cookie", "pin", "seed"];

    /// <summary>A field of ours: its last word says what it holds. <c>basic_auth_password_attribute</c> is the name of an attribute.</summary>
    public static bool HidesField(string name) => Secrets.Contains(Singular(WordsOf(name)[^1]));

    /// <summary>What <paramref name="name"/> holds, as it may be told.</summary>
    public static JsonNode? Field(string name, JsonNode? value) => IsPlain(value) || !HidesField(name) ? Inside(value) : Hidden;

    // Of attributes only their authors know what they hold: any word of a name is enough.
    private static JsonNode? Inside(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members.Select(pair => KeyValuePair.Create(pair.Key, IsPlain(pair.Value) || !HidesAttribute(pair.Key) ? Inside(pair.Value) : Hidden))),
        JsonArray items => new JsonArray([.. items.Select(Inside)]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is { Length: > MaxText } whole =>
            $"{whole[..MaxText]}… ({whole.Length} characters)",
        _ => value?.DeepClone(),
    };

    private static bool HidesAttribute(string name) => WordsOf(name).Any(word => Secrets.Contains(Singular(word)));

    private static bool IsPlain(JsonNode? value) => value is null || value.GetValueKind() is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null;

    private static string[] WordsOf(string name) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Split(['_', '-', '.', ' ', '/', ':'], StringSplitOptions.RemoveEmptyEntries) is [_, ..] words ? words : [name];

    private static string Singular(string word) => word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;
}
