using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Bodies of the channel, in and out.</summary>
internal static class ChannelAnswers
{
    public static IResult BadRequest(string what) => TypedResults.BadRequest(new Dictionary<string, string> { ["error"] = what });

    /// <summary>Null: what came is not what this address takes.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
