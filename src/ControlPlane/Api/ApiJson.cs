using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.ControlPlane.Api;

/// <summary>The schema's spelling: snake case for names and for values of enumerations; what is null is said.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}
