using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Contracts.Channel;

namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>Speaks the channel as an outpost does.</summary>
internal sealed class ChannelClient : IDisposable
{
    private readonly HttpClient _http;

    public ChannelClient(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Add(ChannelRoutes.InstanceHeader, Instance.ToString());
    }

    public Guid Instance { get; } = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request, Cancel);

    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        using var response = await GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync(type, Cancel) : null;
    }

    public Task<HttpResponseMessage> PostAsync<T>(string path, T body, JsonTypeInfo<T> type) => _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, type, Cancel);

    public Task<HttpResponseMessage> PutAsync<T>(string path, T body, JsonTypeInfo<T> type) => _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, type, Cancel);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(new Uri(path, UriKind.Relative), Cancel);

    public async Task<EventReader> StreamAsync(string epoch, long position)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{ChannelRoutes.Stream}?epoch={epoch}");
        request.Headers.Add("Last-Event-ID", position.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.EnsureSuccessStatusCode();
        return new EventReader(response);
    }

    public void Dispose() => _http.Dispose();
}
