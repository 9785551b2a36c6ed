using System.Net.Http.Json;
using System.Text.Json;

namespace Sidecar.ControlPlane.Tests.Api;

internal static class ApiCalls
{
    /// <summary>The answer's JSON; the status must be <paramref name="status"/>.</summary>
    public static async Task<JsonElement> SentAsync(this HttpClient client, HttpMethod method, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} instead of {status}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public static Task<JsonElement> GotAsync(this HttpClient client, string path, int status = 200) => client.SentAsync(HttpMethod.Get, path, null, status);

    /// <summary>The first reason that is told for a field of a refused request.</summary>
    public static async Task<string> RefusedAsync(this HttpClient client, HttpMethod method, string path, object? body, string field)
    {
        var answer = await client.SentAsync(method, path, body, 400);
        Assert.True(answer.TryGetProperty(field, out var reasons), $"{path}: nothing about {field} in {answer}");
        return reasons[0].GetString()!;
    }

    public static string[] Texts(this JsonElement page, string field) => [.. page.GetProperty("results").EnumerateArray().Select(row => row.GetProperty(field).ToString())];
}
