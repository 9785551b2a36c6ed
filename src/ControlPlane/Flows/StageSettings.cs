using System.Text.Json;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Reads a stage's settings. A setting that is missing or of another type has its default.</summary>
internal static class StageSettings
{
    public static bool Flag(this JsonElement settings, string name, bool fallback) =>
        settings.TryGetProperty(name, out var value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : fallback;

    public static string Text(this JsonElement settings, string name, string fallback = "") =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    public static int Number(this JsonElement settings, string name, int fallback) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : fallback;

    public static Guid? Id(this JsonElement settings, string name) => Guid.TryParse(settings.Text(name), out var id) ? id : null;

    /// <summary>Null: the setting is missing.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : null;
}
