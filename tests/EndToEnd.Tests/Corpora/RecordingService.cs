using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Sidecar.EndToEnd.Tests.Corpora;

/// <summary>A protected service that remembers every request that reached it, so that no answer has to be interpreted.</summary>
internal sealed class RecordingService : IAsyncDisposable
{
    private const int HeaderBytes = 256 * 1024;

    private readonly ConcurrentQueue<ReachedRequest> _reached = new();
    private readonly WebApplication _app;

    private RecordingService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestLineSize = HeaderBytes / 2;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<RecordingService> StartAsync()
    {
        var service = new RecordingService();
        await service._app.StartAsync();
        return service;
    }

    /// <summary>What came since the last call.</summary>
    public IReadOnlyList<ReachedRequest> Take()
    {
        var taken = new List<ReachedRequest>();
        while (_reached.TryDequeue(out var request))
        {
            taken.Add(request);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var headers = context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")));
        _reached.Enqueue(new ReachedRequest(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, [.. headers]));
        return context.Response.WriteAsync("reached");
    }
}
