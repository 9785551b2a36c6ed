using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>A real Kestrel that answers as a test says and remembers what it was asked.</summary>
internal sealed class StubAuth : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<AuthCall> _calls = [];

    private StubAuth(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<AuthCall> Calls => [.. _calls];

    public AuthCall Call => Assert.Single(_calls);

    public static async Task<StubAuth> StartAsync(RequestDelegate? answer = null, bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, tls));
        var app = builder.Build();
        var stub = new StubAuth(app);
        app.Run(async http =>
        {
            stub._calls.Enqueue(await RecordAsync(http));
            await (answer ?? Allow)(http);
        });
        await app.StartAsync();
        return stub;
    }

    public static Task Allow(HttpContext http) => Task.CompletedTask;

    /// <summary>As Go's http.Error answers.</summary>
    public static async Task RefuseAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentLength = text.Length + 1;
        await http.Response.WriteAsync(text + "\n");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, bool tls)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestHeadersTotalSize = 1024 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 10_000;
        kestrel.Listen(IPAddress.Loopback, 0, listen => _ = tls ? listen.UseHttps(Sidecar.Demo.Edge.EdgeCertificate.Make()) : listen);
    }

    private static async Task<AuthCall> RecordAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body, Encoding.Latin1);
        return new AuthCall(
            http.Request.Method,
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()!, StringComparer.OrdinalIgnoreCase)!,
            await body.ReadToEndAsync(),
            http.Request.Protocol);
    }
}
