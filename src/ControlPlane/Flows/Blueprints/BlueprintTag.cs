using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>The tags of a blueprint that name another object, until it is known. All other tags are refused: they read files, the environment, or compute.</summary>
internal static class BlueprintTag
{
    public const string KeyOf = "!KeyOf";
    public const string Find = "!Find";

    // The reader refuses null characters, so no text of a file looks like this.
    private const string Mark = "\0";

    public static JsonNode OfKey(string id) => $"{Mark}key{Mark}{id}";

    public static JsonNode OfFound(string model, string field, string value) => $"{Mark}find{Mark}{model}{Mark}{field}{Mark}{value}";

    /// <summary>Null: a text like any other.</summary>
    public static string[]? Read(string text) => text.StartsWith(Mark, StringComparison.Ordinal) ? text.Split(Mark)[1..] : null;
}
