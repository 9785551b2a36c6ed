using BenchmarkDotNet.Attributes;
using Sidecar.Decisions;

namespace Sidecar.Microbenchmarks.Decisions;

/// <summary>What does a decision cost, host lookup included, with 10,000 applications and ten bindings each?</summary>
[MemoryDiagnoser]
public class Decide
{
    // Even: mode any; odd: mode all. Both are for the first group of one chain.
    private const string Any = "app5014.example";
    private const string All = "app5015.example";
    private const int Chain = 5014 / 2 % (Estate.Groups / Estate.ChainLength);
    private const string Domain = "wiki.team5010.example.com";
    private const int DomainChain = 5010 / 2 % (Estate.Groups / Estate.ChainLength);

    private CompiledSnapshot _compiled = null!;
    private PrincipalFacts _member = null!;
    private PrincipalFacts _memberOfMany = null!;
    private PrincipalFacts _memberOfDomain = null!;
    private PrincipalFacts _stranger = null!;

    [GlobalSetup]
    public void Compile()
    {
        _compiled = Estate.Compiled();
        _member = _compiled.FactsOf(Estate.Person(Chain));
        _memberOfMany = _compiled.FactsOf(Estate.Person(Chain, others: 9));
        _memberOfDomain = _compiled.FactsOf(Estate.Person(DomainChain));
        _stranger = _compiled.FactsOf(Estate.Person(Chain + 100));
        Expect(Verdict.Allow, MemberThroughTwentyGroups(), AllTenBindings(), MemberOfTwoHundredGroups(), DomainMode(), PublicPath());
        Expect(Verdict.Deny, Stranger(), DotSegment());
        Expect(Verdict.SignIn, Nobody());
    }

    [Benchmark(Baseline = true)]
    public Decision MemberThroughTwentyGroups() => Ask(Any, "/wiki/index.html", _member);

    [Benchmark]
    public Decision AllTenBindings() => Ask(All, "/wiki/index.html", _member);

    [Benchmark]
    public Decision MemberOfTwoHundredGroups() => Ask(Any, "/wiki/index.html", _memberOfMany);

    [Benchmark]
    public Decision DomainMode() => Ask(Domain, "/wiki/index.html", _memberOfDomain);

    [Benchmark]
    public Decision Stranger() => Ask(Any, "/wiki/index.html", _stranger);

    [Benchmark]
    public Decision Nobody() => Ask(Any, "/wiki/index.html", null);

    [Benchmark]
    public Decision PublicPath() => Ask(Any, "/public/logo.png", null);

    [Benchmark]
    public Decision EncodedPublicPath() => Ask(Any, "/public/logo%20two.png", null);

    [Benchmark]
    public Decision DotSegment() => Ask(Any, "/public/../admin", null);

    private Decision Ask(string host, string path, PrincipalFacts? person) => DecisionEngine.Decide(_compiled.FindByHost(host)!, path, person);

    // A benchmark of the wrong answer is worth nothing.
    private static void Expect(Verdict verdict, params Decision[] decisions)
    {
        if (Array.Exists(decisions, decision => decision.Verdict != verdict))
        {
            throw new InvalidOperationException($"expected {verdict}: {string.Join(", ", decisions)}");
        }
    }
}
