using BenchmarkDotNet.Attributes;
using Sidecar.Decisions;

namespace Sidecar.Microbenchmarks.Decisions;

/// <summary>How long does it take to find one of 10,000 applications by its host?</summary>
[MemoryDiagnoser]
public class HostLookup
{
    private readonly CompiledSnapshot _compiled = Estate.Compiled();

    [Benchmark(Baseline = true)]
    public CompiledApplication? Exact() => _compiled.FindByHost("app7421.example");

    [Benchmark]
    public CompiledApplication? OtherCaseAndDefaultPort() => _compiled.FindByHost("App7421.EXAMPLE:443");

    [Benchmark]
    public CompiledApplication? UnderACookieDomain() => _compiled.FindByHost("wiki.team7420.example.com");

    [Benchmark]
    public CompiledApplication? DeepUnderACookieDomain() => _compiled.FindByHost("a.b.c.d.wiki.team7420.example.com:8443");

    [Benchmark]
    public CompiledApplication? Unknown() => _compiled.FindByHost("nowhere.at.all.example.net");
}
