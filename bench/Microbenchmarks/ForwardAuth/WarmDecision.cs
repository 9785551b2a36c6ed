using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Microbenchmarks.ForwardAuth;

/// <summary>
/// What does the decision alone cost, from the forwarded host, path and cookies to the verdict, with 10,000 applications and 100,000 live tickets? It is
/// <see cref="WarmCheck"/> without the server's header tables: neither the request's are read nor the response's filled.
/// </summary>
/// <remarks>
/// The product's own code, clock and limits included. So few requests at a time that their texts are where a server leaves what it has just parsed, in the
/// processor's cache; what the outpost keeps is as cold as a ticket drawn at random is. No collection is forced in between, which would leave the code cold too.
/// </remarks>
[MemoryDiagnoser]
[MedianColumn]
[GcForce(false)]
[WarmupCount(50)]
[IterationCount(1_000)]
[InvocationCount(1, 1)]
public class WarmDecision : IAsyncDisposable
{
    private const int Requests = 128;
    private const string Path = "/reports/2026";

    private readonly (string Host, StringValues Cookies)[] _requests = new (string, StringValues)[Requests];
    private LiveOutpost _outpost = null!;

    /// <summary>How many of the live tickets the requests come from: all of them, or those of a busy hour.</summary>
    [Params(1_000, LiveOutpost.Tickets)]
    public int Among { get; set; }

    [GlobalSetup]
    public void Start() => _outpost = new LiveOutpost();

    [IterationSetup]
    public void Draw()
    {
        for (var i = 0; i < Requests; i++)
        {
            var ticket = _outpost.AnyTicket(Among);
            _requests[i] = (ticket.Host, $"theme=dark; {ticket.Cookie}");
        }
    }

    [Benchmark(OperationsPerInvoke = Requests)]
    public int Hit()
    {
        var allowed = 0;
        foreach (var (host, cookies) in _requests)
        {
            allowed += _outpost.IsHit(host, Path, cookies) ? 1 : 0;
        }

        return allowed == Requests ? allowed : throw new InvalidOperationException($"only {allowed} of {Requests} were hits");
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _outpost.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
