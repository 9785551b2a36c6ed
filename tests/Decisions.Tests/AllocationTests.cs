using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests;

public sealed class AllocationTests
{
    private const int Staff = 1;
    private const int Inner = 2;

    private static readonly CompiledSnapshot Compiled = Given.Compiled(
        [Given.Group(Staff), Given.Group(Inner, Staff), .. Enumerable.Range(100, 200).Select(id => Given.Group(id))],
        [
            Given.App("https://open.example"),
            Given.App("https://any.example", bindings: [User(9), InGroup(Staff)], paths: ["^/public/", "^/a$", "/health", @"\.css$"]),
            Given.App("https://all.example", mode: BindingMode.All, bindings: [InGroup(Staff), InGroup(Inner) with { Negate = true }]),
            Given.App("https://gone.example", bindings: [InGroup(77)]),
            Given.App("https://auth.example.com", domain: "example.com"),
            Given.App("http://[2001:db8::1]:8080"),
            Given.App("https://twice.example"),
            Given.App("https://twice.example"),
        ]);

    [Theory]
    [InlineData("any.example")]
    [InlineData("ANY.example.:443")]
    [InlineData("any.example:8443")]
    [InlineData("a.very.deep.host.under.example.com:8443")]
    [InlineData("nowhere.example.net")]
    [InlineData("[2001:db8::1]:8080")]
    [InlineData("twice.example")]
    [InlineData("not a host")]
    public void Finding_an_application_allocates_nothing(string authority) => AssertNothing(() => Compiled.FindByHost(authority, out _));

    [Theory]
    [InlineData(0, "/", true)]
    [InlineData(0, "/", false)]
    [InlineData(1, "/", true)]
    [InlineData(1, "/", false)]
    [InlineData(1, "/public/a/b/c", false)]
    [InlineData(1, "/a", false)]
    [InlineData(1, "/deep/health", false)]
    [InlineData(1, "/style.css", false)]
    [InlineData(1, "/public//a%20b/%C3%BC", false)]
    [InlineData(1, "/%70ublic/", false)]
    [InlineData(1, "/public/%2e%2e/admin", false)]
    [InlineData(1, "/public/%zz", false)]
    [InlineData(1, "", false)]
    [InlineData(2, "/some/longer/path/with/many/segments.html", true)]
    [InlineData(3, "/", true)]
    [InlineData(4, "/.well-known/x", true)]
    public void Deciding_allocates_nothing(int application, string path, bool signedIn)
    {
        PrincipalFacts?[] people = signedIn
            ? [Facts(Inner), Facts(Staff), Facts(), Facts([.. Enumerable.Range(100, 200)]), Compiled.FactsOf(Given.Person(active: false))]
            : [null];

        Assert.All(people, person => AssertNothing(() => DecisionEngine.Decide(Compiled.Applications[application], path, person)));
    }

    [Fact]
    public void Deciding_on_a_long_path_allocates_nothing()
    {
        var path = "/public/" + string.Concat(Enumerable.Repeat("a%20b//", 290));

        AssertNothing(() => DecisionEngine.Decide(Compiled.Applications[1], path, null));
    }

    [Fact]
    public void Normalising_allocates_nothing() => AssertNothing(() =>
    {
        Span<char> destination = stackalloc char[64];
        return PathNormalizer.Normalize("/a//b%20c", destination, out _);
    });

    [Fact]
    public void Reasons_allocate_nothing() => AssertNothing(() => Reasons.IdOf(Reason.GroupBinding).Length + Reasons.HelpOf(Reason.NotBound).Length);

    private static PrincipalFacts Facts(params IReadOnlyList<int> groups) => Compiled.FactsOf(Given.Person(groups: groups));

    private static BindingRecord InGroup(int id) => Given.Bind(BindingSubject.Group, Given.Id(id));

    private static BindingRecord User(int id) => Given.Bind(BindingSubject.User, Given.Id(id));

    private static void AssertNothing<T>(Func<T> act)
    {
        // The first calls may run static constructors.
        for (var i = 0; i < 3; i++)
        {
            act();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            act();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
