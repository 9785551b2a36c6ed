using BenchmarkDotNet.Attributes;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;

namespace Sidecar.Microbenchmarks.Decisions;

/// <summary>What does a new snapshot of 10,000 applications cost, and a person's groups in it? Off the request path.</summary>
[MemoryDiagnoser]
public class Compile
{
    private readonly Snapshot _snapshot = Estate.Snapshot();
    private readonly CompiledSnapshot _compiled = Estate.Compiled();
    private readonly Principal _person = Estate.Person(7);

    [Benchmark(Baseline = true)]
    public CompiledSnapshot? Snapshot() => CompiledSnapshot.TryCompile(_snapshot, _compiled, out _);

    [Benchmark]
    public PrincipalFacts Facts() => _compiled.FactsOf(_person);
}
