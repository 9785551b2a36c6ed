using System.Text.Json;

namespace Sidecar.ControlPlane.Flows.Http;

/// <summary>Reads what was posted. Null: it is no answer at all.</summary>
internal static class AnswerReader
{
    private const int MaxBytes = 64 * 1024;

    public static async Task<(StageAnswer Answer, string? FormToken)?> FromFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is not <= MaxBytes)
        {
            return null;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);

            // A field sent twice is read as neither.
            var values = form.Where(field => field.Value.Count == 1).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
            return (new StageAnswer(values), values.GetValueOrDefault(FlowPageEndpoints.TokenField));
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }

    public static async Task<StageAnswer?> FromJsonAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType() || http.Request.ContentLength is > MaxBytes)
        {
            return null;
        }

        try
        {
            var body = await http.Request.ReadFromJsonAsync<JsonElement>(http.RequestAborted);
            return body.ValueKind == JsonValueKind.Object ? new StageAnswer(ValuesOf(body)) : null;
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ValuesOf(JsonElement body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (IsSignature(property) || property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                values[property.Name] = property.Value.ValueKind switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    JsonValueKind.Object => property.Value.GetRawText(),
                    _ => property.Value.ToString(),
                };
            }
        }

        return values;
    }

    // What browsers make of a passkey is an object, in a form too, as text. Everything else that is asked for is one value.
    private static bool IsSignature(JsonProperty property) => property is { Name: "webauthn" or "response", Value.ValueKind: JsonValueKind.Object };
}
