using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Demo.Command;

namespace Sidecar.Demo.Provisioning;

/// <summary>The administrator's REST API, as any script would use it.</summary>
internal sealed class DemoApi : IDisposable
{
    private readonly HttpClient _client;

    public DemoApi(Uri server, string token)
    {
        _client = new HttpClient { BaseAddress = new Uri(server, "api/v3/"), Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The first result of a filtered list; null when there is none.</summary>
    public async Task<JsonElement?> FirstAsync(string path, CancellationToken stop)
    {
        var results = (await SendAsync(HttpMethod.Get, path, null, stop)).GetProperty("results");
        return results.GetArrayLength() > 0 ? results[0] : null;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, stop);

    public Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken stop) => SendAsync(HttpMethod.Post, path, body, stop);

    public Task<JsonElement> PatchAsync(string path, JsonObject body, CancellationToken stop) => SendAsync(HttpMethod.Patch, path, body, stop);

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _client.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
            : throw new DemoException($"{method} /api/v3/{path} was answered with {(int)answer.StatusCode}: {text}");
    }
}
