using Sidecar.TestKit.Corpora;

namespace Sidecar.Decisions.Tests.Paths;

public sealed class PathDecisionTests
{
    private static readonly Decision Public = new(Verdict.Allow, Reason.PublicPath);
    private static readonly Decision SignIn = new(Verdict.SignIn, Reason.NotSignedIn);
    private static readonly Decision Ambiguous = new(Verdict.Deny, Reason.AmbiguousPath);
    private static readonly Decision Bad = new(Verdict.Deny, Reason.BadPath);

    /// <summary>Without those that are the outpost's own or have a query: here is the path alone.</summary>
    public static TheoryData<string> Rows => [.. Corpus.All<PathRow>().Where(row => !row.Path.AsSpan().ContainsAny('?', '#') && !row.Id.StartsWith("own-", StringComparison.Ordinal)).Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_path_is_open_to_whom_it_is_open_in_every_reading(string id)
    {
        var row = Corpus.Row<PathRow>(id);
        var path = Corpus.Fill(row.Path, new Dictionary<string, string>());

        Assert.Equal(row.Nobody, Reasons.IdOf(Nobody(path).Reason));
        Assert.Equal(row.Nobody == "public-path" ? Verdict.Allow : row.Nobody == "not-signed-in" ? Verdict.SignIn : Verdict.Deny, Nobody(path).Verdict);
        Assert.Equal(row.Member == "enters", Ana(path).Verdict == Verdict.Allow);
    }

    [Theory]
    [InlineData("/%70ublic/a")]
    [InlineData("//public/a")]
    [InlineData("/public%")]
    public void A_path_that_is_public_in_one_reading_only_is_never_let_through(string path) => Assert.NotEqual(Verdict.Allow, Nobody(path).Verdict);

    [Theory]
    [InlineData("/%70ublic/a", "^/public/")]
    [InlineData("//public/a", "^/public/")]
    [InlineData("/a//b", "^/a/b$")]
    [InlineData("/a//b", "//")]
    [InlineData("/%40scope/x", "^/@scope")]
    [InlineData("/%25%34%31", "%2541|A")]
    public void A_path_that_two_readers_would_decide_differently_is_refused(string path, string rule) =>
        Assert.NotEqual(Verdict.Allow, Nobody(path, rule).Verdict);

    [Fact]
    public void The_reason_of_two_readings_is_told() => Assert.Equal(Ambiguous, Nobody("/%70ublic/a"));

    [Theory]
    [InlineData("/my%20files/%C3%BC", "^/my files/ü$")]
    [InlineData("/%7Bid%7D", "^/\\{id\\}$")]
    public void What_can_only_be_sent_encoded_is_read_decoded(string path, string rule) => Assert.Equal(Public, Nobody(path, rule));

    [Theory]
    [InlineData("")]
    [InlineData("public/a")]
    [InlineData("*")]
    [InlineData("https://wiki.example/public/")]
    [InlineData("/public/\n")]
    [InlineData("/public/\0")]
    [InlineData("/public/%00")]
    [InlineData("/public/a\x7F")]
    public void What_is_not_a_path_is_refused_to_everybody(string path)
    {
        Assert.Equal(Bad, Nobody(path));
        Assert.Equal(Bad, Ana(path));
    }

    [Theory]
    [InlineData("/public/?a")]
    [InlineData("/public/#a")]
    [InlineData("/public/a b")]
    public void What_no_path_holds_is_not_public_but_open_to_who_may_enter(string path)
    {
        Assert.Equal(SignIn, Nobody(path));
        Assert.Equal(Verdict.Allow, Ana(path).Verdict);
    }

    [Fact]
    public void Expressions_with_a_dot_do_not_see_what_is_not_normal() => Assert.Equal(SignIn, Nobody("/a%0Ab", "^/a.*b$"));

    [Fact]
    public void A_path_longer_than_the_limit_is_not_public()
    {
        Assert.Equal(Public, Nobody("/public/" + new string('a', PathNormalizer.MaxLength - 8)));
        Assert.Equal(SignIn, Nobody("/public/" + new string('a', PathNormalizer.MaxLength - 7)));
        Assert.Equal(Ambiguous, Nobody("/public/" + new string('a', PathNormalizer.MaxLength) + "/../x"));
    }

    private static Decision Nobody(string path, params string[] rules)
    {
        var application = Given.Compiled(Given.App(paths: rules is [] ? ["^/public/", @"\.css$"] : rules)).Applications[0];
        return DecisionEngine.Decide(application, path, null);
    }

    private static Decision Ana(string path)
    {
        var compiled = Given.Compiled(Given.App(paths: ["^/public/"]));
        return DecisionEngine.Decide(compiled.Applications[0], path, compiled.FactsOf(Given.Person()));
    }
}
