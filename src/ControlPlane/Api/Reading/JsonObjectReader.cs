using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Sidecar.ControlPlane.Api.Reading;

/// <summary>Reads a request's body as one JSON object.</summary>
internal static class JsonObjectReader
{
    private const int MaxBytes = 1024 * 1024;

    // A name that is there twice would be read as one value by us and as the other by who checks before us.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static async Task<(JsonElement Root, string? Problem)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
        {
            return (default, "Send a JSON object with Content-Type: application/json.");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancel);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), null)
                : (default, "The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            return (default, $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}), or has a name twice.");
        }
        catch (BadHttpRequestException)
        {
            return (default, $"A body has at most {MaxBytes} bytes.");
        }
    }
}
