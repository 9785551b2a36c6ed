using System.Diagnostics;

namespace Sidecar.Outpost.Telemetry;

/// <summary>Durations in fixed buckets, from one microsecond: a decision takes less than that.</summary>
internal sealed class Histogram
{
    /// <summary>Upper bounds in seconds.</summary>
    public static readonly double[] Bounds =
        [1e-6, 2e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private static readonly long[] TickBounds = [.. Bounds.Select(bound => (long)(bound * Stopwatch.Frequency))];

    // The last but one counts what is above every bound, the last sums ticks.
    private readonly long[][] _stripes = [.. Enumerable.Range(0, Stripe.Count).Select(_ => new long[Bounds.Length + 2])];

    public void Observe(long ticks)
    {
        var bucket = 0;
        while (bucket < TickBounds.Length && ticks > TickBounds[bucket])
        {
            bucket++;
        }

        var stripe = _stripes[Stripe.Current];
        Interlocked.Increment(ref stripe[bucket]);
        Interlocked.Add(ref stripe[^1], ticks);
    }

    /// <summary>How many fell into each bucket (the last: above all bounds), and their sum in seconds.</summary>
    public (long[] Counts, double SumSeconds) Read()
    {
        var counts = new long[Bounds.Length + 1];
        var ticks = 0L;
        foreach (var stripe in _stripes)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += Volatile.Read(ref stripe[i]);
            }

            ticks += Volatile.Read(ref stripe[^1]);
        }

        return (counts, (double)ticks / Stopwatch.Frequency);
    }
}
