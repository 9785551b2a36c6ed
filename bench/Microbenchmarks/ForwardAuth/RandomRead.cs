using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;

namespace Sidecar.Microbenchmarks.ForwardAuth;

/// <summary>
/// What does one read cost that cannot be foreseen, in as much memory as 100,000 live tickets with their answers take? It bounds what <see cref="WarmDecision"/> can
/// cost at all: a decision waits for a few of these, one after the other.
/// </summary>
[MedianColumn]
public class RandomRead
{
    private const int LineBytes = 64;
    private const int Bytes = 150 * 1024 * 1024;
    private const int Reads = 10_000;
    private const int Step = LineBytes / sizeof(int);

    private readonly int[] _memory = new int[Bytes / sizeof(int)];
    private int _at;

    /// <summary>One ring through all lines, in random order.</summary>
    [GlobalSetup]
    public void Chain()
    {
        int[] lines = [.. Enumerable.Range(0, Bytes / LineBytes)];
        RandomNumberGenerator.Shuffle(lines.AsSpan());
        for (var i = 0; i < lines.Length; i++)
        {
            _memory[lines[i] * Step] = lines[(i + 1) % lines.Length] * Step;
        }
    }

    [Benchmark(OperationsPerInvoke = Reads)]
    public int Next()
    {
        var at = _at;
        for (var i = 0; i < Reads; i++)
        {
            at = _memory[at];
        }

        return _at = at;
    }
}
