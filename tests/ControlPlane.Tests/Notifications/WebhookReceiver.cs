using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Notifications;

/// <summary>A server that is posted to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First() + "/hook/a-secret-path");

    public ConcurrentQueue<JsonElement> Taken { get; } = [];

    /// <summary>Everything that came, also what was not taken.</summary>
    public int Came;

    /// <summary>Null: it is taken.</summary>
    public Func<IResult>? Refuse { get; set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(app);
        app.MapFallback((Delegate)receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Somebody else may be sending it at this moment.</summary>
    public Task HasTakenAsync(int count) => Eventually.HoldsAsync(() => Task.FromResult(Taken.Count >= count), $"{count} were taken");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        Interlocked.Increment(ref Came);
        if (Refuse is { } refuse)
        {
            return refuse();
        }

        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        Taken.Enqueue(body.RootElement.Clone());
        return Results.NoContent();
    }
}
