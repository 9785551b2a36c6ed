using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Microbenchmarks.ForwardAuth;

/// <summary>
/// What does a whole warm decision cost: from the values of the request's headers, over application, ticket, person and decision, to the values of the
/// response's headers; with 10,000 applications and 100,000 live tickets?
/// </summary>
/// <remarks>
/// Each measured iteration answers requests of tickets drawn at random: their header values have just been made, as a server has just parsed them, and what the
/// outpost keeps of them is as cold as in life. The median is that of the iterations' means, and so no better than the median of decisions.
/// </remarks>
[MemoryDiagnoser]
[MedianColumn]
[WarmupCount(30)]
[IterationCount(100)]
[InvocationCount(1, 1)]
public class WarmCheck : IAsyncDisposable
{
    private const int Requests = 2_048;

    private readonly DefaultHttpContext _context = new();
    private readonly HeaderDictionary[] _requests = new HeaderDictionary[Requests];
    private LiveOutpost _outpost = null!;
    private IHttpRequestFeature _request = null!;

    /// <summary>How many of the live tickets the requests come from: all of them, or those of a busy hour.</summary>
    [Params(1_000, LiveOutpost.Tickets)]
    public int Among { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _outpost = new LiveOutpost();
        _context.Connection.RemoteIpAddress = IPAddress.Loopback;
        _request = _context.Features.GetRequiredFeature<IHttpRequestFeature>();
        _request.Method = "GET";
        _request.RawTarget = "/outpost.goauthentik.io/auth/traefik";
    }

    [IterationSetup]
    public void Draw()
    {
        for (var i = 0; i < Requests; i++)
        {
            _requests[i] = Question(_outpost.AnyTicket(Among));
        }
    }

    [Benchmark(OperationsPerInvoke = Requests)]
    public int Hit()
    {
        var allowed = 0;
        foreach (var headers in _requests)
        {
            _request.Headers = headers;
            _context.Response.Headers.Clear();
            allowed += _outpost.Dispatcher.InvokeAsync(_context).IsCompletedSuccessfully && _context.Response.StatusCode == StatusCodes.Status200OK ? 1 : 0;
        }

        // A benchmark of the wrong answer is worth nothing.
        return allowed == Requests ? allowed : throw new InvalidOperationException($"only {allowed} of {Requests} were hits");
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _outpost.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // What Traefik sends on for a browser.
    private static HeaderDictionary Question(LiveTicket ticket) => new(new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = "outpost:9000",
        ["X-Forwarded-Proto"] = "https",
        ["X-Forwarded-Host"] = ticket.Host,
        ["X-Forwarded-Uri"] = "/reports/2026?page=3",
        ["X-Forwarded-Method"] = "GET",
        ["X-Forwarded-For"] = "203.0.113.9",
        ["Accept"] = "text/html",
        ["Accept-Language"] = "en-GB,en;q=0.9",
        ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        ["Sec-Fetch-Mode"] = "navigate",
        ["Cookie"] = $"theme=dark; {ticket.Cookie}",
    });
}
