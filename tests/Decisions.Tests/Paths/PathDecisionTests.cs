namespace Sidecar.Decisions.Tests.Paths;

public sealed class PathDecisionTests
{
    private static readonly Decision Public = new(Verdict.Allow, Reason.PublicPath);
    private static readonly Decision SignIn = new(Verdict.SignIn, Reason.NotSignedIn);
    private static readonly Decision Ambiguous = new(Verdict.Deny, Reason.AmbiguousPath);
    private static readonly Decision Bad = new(Verdict.Deny, Reason.BadPath);

    [Theory]
    [InlineData("/public/a")]
    [InlineData("/public//a")]
    [InlineData("/public/a%20b")]
    [InlineData("/public/%C3%BC")]
    [InlineData("/public/%41")]
    [InlineData("/public/a.b/.well-known/...")]
    [InlineData("/public/a&b=c,d|e[f]")]
    public void Plain_paths_are_public(string path) => Assert.Equal(Public, Nobody(path));

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
    [InlineData("/./public/a")]
    [InlineData("/public/../admin")]
    [InlineData("/public/..")]
    [InlineData("/public/.")]
    [InlineData("/public/%2e%2e/admin")]
    [InlineData("/public/%2E./admin")]
    [InlineData("/public/..%2fadmin")]
    [InlineData("/public%2f..%2fadmin")]
    [InlineData("/public/..\\admin")]
    [InlineData("/public\\..\\admin")]
    [InlineData("/public/..%5cadmin")]
    [InlineData("/public/..;/admin")]
    [InlineData("/public/..;a=b/admin")]
    [InlineData("/public/%2e%2e%3b/admin")]
    [InlineData("/public/..?x")]
    [InlineData("/public/..%20/admin")]
    [InlineData("/public/.%20%20\\admin")]
    [InlineData("/;/../x")]
    public void Dot_segments_are_refused_to_everybody(string path)
    {
        Assert.Equal(Ambiguous, Nobody(path));
        Assert.Equal(Ambiguous, Ana(path));
    }

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
    [InlineData("/public/a%2Fb")]
    [InlineData("/public/a%5Cb")]
    [InlineData("/public/a\\b")]
    [InlineData("/public/%")]
    [InlineData("/public/%4")]
    [InlineData("/public/%zz")]
    [InlineData("/public/%FF")]
    [InlineData("/public/%C0%AF")]
    [InlineData("/public/%ED%A0%80")]
    [InlineData("/public/%C3")]
    [InlineData("/public/%C3%BCx%C3x")]
    [InlineData("/public/%252e%252e/admin")]
    [InlineData("/public/100%25")]
    [InlineData("/public/%0A")]
    [InlineData("/public/%C2%85")]
    [InlineData("/public/ü")]
    [InlineData("/public/%EF%BC%8E%EF%BC%8E/admin")]
    [InlineData("/public/a%EF%BC%8Fb")]
    [InlineData("/public/%E2%80%A5/admin")]
    [InlineData("/public/%c0%ae%c0%ae/admin")]
    [InlineData("/public/a b")]
    [InlineData("/public/;a")]
    [InlineData("/admin;.css")]
    [InlineData("/public/%3Ba")]
    [InlineData("/public/%3Fa")]
    [InlineData("/public/%23a")]
    [InlineData("/public/?a")]
    [InlineData("/public/#a")]
    public void What_cannot_be_normalised_is_not_public_but_open_to_who_may_enter(string path)
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
