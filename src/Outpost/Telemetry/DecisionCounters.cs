using Sidecar.Decisions;

namespace Sidecar.Outpost.Telemetry;

/// <summary>Decisions by verdict and reason, and how long they took. One set of numbers a processor, so that processors do not fight over a line.</summary>
internal sealed class DecisionCounters
{
    private static readonly int Verdicts = Enum.GetValues<Verdict>().Length;
    private static readonly int ReasonCount = Enum.GetValues<Reason>().Length;

    private readonly long[][] _counts = NewStripes(Verdicts * ReasonCount);
    private readonly Histogram _latency = new();

    public Histogram Latency => _latency;

    public void Add(Verdict verdict, Reason reason, long elapsedTicks)
    {
        Interlocked.Increment(ref _counts[Stripe.Current][((int)verdict * ReasonCount) + (int)reason]);
        _latency.Observe(elapsedTicks);
    }

    public long CountOf(Verdict verdict, Reason reason) => _counts.Sum(stripe => Volatile.Read(ref stripe[((int)verdict * ReasonCount) + (int)reason]));

    private static long[][] NewStripes(int length) => [.. Enumerable.Range(0, Stripe.Count).Select(_ => new long[length])];
}
