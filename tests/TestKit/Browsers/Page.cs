using System.Net;
using System.Text.Json;

namespace Sidecar.TestKit.Browsers;

/// <summary>An answer, read whole.</summary>
public sealed record Page(Uri Address, HttpStatusCode Status, IReadOnlyDictionary<string, string[]> Headers, string Text)
{
    /// <summary>Where the answer sends the browser, or null.</summary>
    public Uri? Redirect =>
        (int)Status is 301 or 302 or 303 or 307 or 308 && Headers.TryGetValue("Location", out var location) ? new Uri(Address, location[0]) : null;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<Page> ReadAsync(HttpResponseMessage response) =>
        new(
            response.RequestMessage!.RequestUri!,
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());

    public override string ToString() => $"{(int)Status} {Address}\n{Text}";
}
