using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Sidecar.ControlPlane.Notifications.Delivery;

/// <summary>Posts JSON to addresses that administrators chose. It follows no redirect, waits at most 15 seconds in all and reads nothing of the answer but its status.</summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new ResilienceHandler(Patience())
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = Connecting,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = null,
        },
    })
    {
        Timeout = Whole,
    };

    /// <summary>Null: it was taken. Otherwise why not, without the address, which may be a secret.</summary>
    public async Task<string?> PostAsync(Uri address, JsonObject payload, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.UserAgent.ParseAdd("sidecar");
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return error is HttpRequestException http ? $"no answer: {http.HttpRequestError}" : "no answer in time";
        }
    }

    public void Dispose() => _client.Dispose();

    // A hiccup is waited out here; everything longer is the queue's, which keeps what it has over a restart.
    private static ResiliencePipeline<HttpResponseMessage> Patience() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromMilliseconds(500),
            UseJitter = true,
            ShouldRetryAfterHeader = false,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome is { Exception: HttpRequestException } or { Result.StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway }),
        })
        .Build();
}
