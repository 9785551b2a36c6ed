using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sidecar.ControlPlane.Tests.Captcha;

/// <summary>
/// A mock: no captcha service can be reached from here. It speaks what reCAPTCHA documents: a script with <c>grecaptcha.render</c> and <c>execute</c>, and <c>siteverify</c>, which takes secret,
/// response and remoteip and answers success, score and error-codes. Source: https://developers.google.com/recaptcha/docs/verify..
/// </summary>
internal sealed class CaptchaServer : IAsyncDisposable
{
    public const string Secret = "the private key";

    private const string Script = """
        window.grecaptcha = {
          ready: (begin) => begin(),
          render: (place, settings) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = 'I am a person';
            button.onclick = () => settings.callback('person');
            if (settings.size !== 'invisible') place.append(button);
            window.widget = settings;
            return 0;
          },
          execute: () => window.widget.callback('person'),
        };
        """;

    private readonly WebApplication _app;

    private CaptchaServer(WebApplication app) => _app = app;

    public string JsUrl => _app.Urls.First() + "/api.js";

    public string ApiUrl => _app.Urls.First() + "/siteverify";

    public string Origin => _app.Urls.First();

    public double? Score { get; set; }

    /// <summary>Null: as documented.</summary>
    public Func<IResult>? Answer { get; set; }

    public ConcurrentQueue<string?> RemoteIps { get; } = [];

    public static async Task<CaptchaServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new CaptchaServer(app);
        app.MapGet("/api.js", () => Results.Text(Script, "text/javascript"));
        app.MapPost("/siteverify", (Delegate)server.VerifyAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> VerifyAsync(HttpContext http)
    {
        if (Answer is { } answer)
        {
            return answer();
        }

        var asked = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString())
            : (await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(http.Request.Body))!;
        RemoteIps.Enqueue(asked.GetValueOrDefault("remoteip"));
        if (asked["secret"] != Secret)
        {
            return Json(new Dictionary<string, object> { ["success"] = false, ["error-codes"] = new[] { "invalid-input-secret" } });
        }

        if (asked["response"] != "person")
        {
            return Json(new Dictionary<string, object> { ["success"] = false, ["error-codes"] = new[] { "timeout-or-duplicate" } });
        }

        var good = new Dictionary<string, object> { ["success"] = true };
        if (Score is { } score)
        {
            good["score"] = score;
        }

        return Json(good);
    }

    private static IResult Json(Dictionary<string, object> answer) => Results.Text(JsonSerializer.Serialize(answer), "application/json");
}
