using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Storage;

/// <summary>JSON objects as columns.</summary>
internal static class JsonObjects
{
    public static readonly JsonElement Empty = Parse("{}");

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement From(JsonObject value) => Parse(value.ToJsonString());
}
