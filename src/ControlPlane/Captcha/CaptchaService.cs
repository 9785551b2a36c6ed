using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Sidecar.ControlPlane.Captcha;

/// <summary>
/// Asks a service whether an answer is a person's, as reCAPTCHA has it and hCaptcha and Turnstile have it too: secret, response and remoteip in, success and perhaps score out.
/// Source: https://developers.google.com/recaptcha/docs/verify. It follows no redirect, which would take the secret elsewhere.
/// </summary>
internal sealed class CaptchaService : IDisposable
{
    private const int MaxAnswer = 64 * 1024;

    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(new ResilienceHandler(Patience())
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = Connecting,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        },
    })
    {
        Timeout = Whole,
        MaxResponseContentBufferSize = MaxAnswer,
    };

    public async Task<CaptchaVerdict> AskAsync(Uri address, string secret, string answer, IPAddress? from, bool asJson, CancellationToken cancel)
    {
        var asked = new Dictionary<string, string> { ["secret"] = secret, ["response"] = answer, ["remoteip"] = $"{from}" };
        try
        {
            using HttpContent content = asJson ? JsonContent.Create(asked) : new FormUrlEncodedContent(asked);
            using var response = await _client.PostAsync(address, content, cancel);
            return response.IsSuccessStatusCode ? VerdictOf(await response.Content.ReadFromJsonAsync<JsonElement>(cancel)) : CaptchaVerdict.Unknown($"status {(int)response.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return CaptchaVerdict.Unknown(error is HttpRequestException http ? $"no answer: {http.HttpRequestError}" : error is JsonException ? "its answer is not JSON" : "no answer in time");
        }
    }

    public void Dispose() => _client.Dispose();

    private static CaptchaVerdict VerdictOf(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("success", out var success) || success.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return CaptchaVerdict.Unknown("its answer does not say \"success\"");
        }

        var codes = answer.TryGetProperty("error-codes", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(code => code.ToString()).ToList() : [];
        double? score = answer.TryGetProperty("score", out var given) && given.ValueKind == JsonValueKind.Number ? given.GetDouble() : null;
        return codes.Exists(code => code is "invalid-input-secret" or "missing-input-secret")
            ? CaptchaVerdict.Unknown("it does not know the private key")
            : new CaptchaVerdict(success.GetBoolean(), score, null);
    }

    // An answer is good once, so a question that may have arrived is not asked again.
    private static ResiliencePipeline<HttpResponseMessage> Patience() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromMilliseconds(200),
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }),
        })
        .Build();
}
