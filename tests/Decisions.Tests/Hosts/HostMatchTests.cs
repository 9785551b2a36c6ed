using Sidecar.TestKit.Corpora;

namespace Sidecar.Decisions.Tests.Hosts;

public sealed class HostMatchTests
{
    private static readonly Dictionary<string, string> Values = new() { ["app"] = "wiki.example" };

    public static TheoryData<string> Rows => [.. Corpus.Ids<HostRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_application_answers_its_own_host_in_every_spelling_and_no_other(string id)
    {
        var row = Corpus.Row<HostRow>(id);

        var found = Given.Compiled(Given.App(Corpus.Fill(row.External, Values), row.Domain)).FindByHost(Corpus.Fill(row.Host, Values), out var reason);

        Assert.Equal(row.Answers, found is not null);
        Assert.Equal(row.Answers ? Reason.Unset : Reason.UnknownHost, reason);
    }

    [Fact]
    public void Single_mode_ignores_a_left_over_cookie_domain()
    {
        var app = Given.App("https://wiki.example.com");
        app = app with { Provider = app.Provider with { CookieDomain = "example.com" } };

        Assert.Null(Given.Compiled(app).FindByHost("other.example.com"));
    }

    [Fact]
    public void The_longest_domain_wins_and_an_exact_host_before_it()
    {
        var wide = Given.App("https://auth.example.com", domain: ".example.com");
        var narrow = Given.App("https://auth.a.example.com", domain: "a.example.com");
        var exact = Given.App("https://wiki.a.example.com");
        var compiled = Given.Compiled(wide, narrow, exact);

        Assert.Same(wide, compiled.FindByHost("b.example.com")?.Record);
        Assert.Same(narrow, compiled.FindByHost("b.a.example.com")?.Record);
        Assert.Same(exact, compiled.FindByHost("wiki.a.example.com")?.Record);
        Assert.Same(narrow, compiled.FindByHost("sub.wiki.a.example.com")?.Record);
    }

    [Fact]
    public void A_domain_application_does_not_answer_another_port_of_a_single_application()
    {
        var compiled = Given.Compiled(Given.App("https://auth.example.com", domain: "example.com"), Given.App("https://wiki.example.com"));

        Assert.Null(compiled.FindByHost("wiki.example.com:8443"));
        Assert.NotNull(compiled.FindByHost("auth.example.com:8443"));
    }

    [Theory]
    [InlineData("wiki.example", true)]
    [InlineData("WIKI.example.:9000", true)]
    [InlineData("wiki.example:443", true)]
    [InlineData("sub.wiki.example:9000", false)]
    [InlineData("example:9000", false)]
    [InlineData("a.corp.example:9000", true)]
    [InlineData("corp.example:9000", true)]
    [InlineData("notcorp.example:9000", false)]
    [InlineData("[::1]:9000", true)]
    [InlineData("[0:0:0:0:0:0:0:1]:9000", true)]
    [InlineData("[::2]:9000", false)]
    [InlineData("10.0.0.1:9000", true)]
    [InlineData("login.broken.example:9000", true)]
    [InlineData("other.broken.example", false)]
    [InlineData("wiki.example:x", false)]
    [InlineData("", false)]
    public void A_name_is_an_applications_at_every_port(string authority, bool named)
    {
        var compiled = Given.Compiled(
            Given.App("https://wiki.example"), Given.App("https://login.corp.example", domain: "corp.example"), Given.App("http://[::1]:8080"),
            Given.App("http://10.0.0.1:8080"), Given.App("https://login.broken.example", domain: "example"));

        Assert.Equal(named, compiled.IsNamed(authority));
    }

    [Fact]
    public void A_host_claimed_twice_is_refused_with_a_reason_and_costs_nobody_else()
    {
        var compiled = Given.Compiled(
            Given.App("https://wiki.example"), Given.App("https://WIKI.example:443"), Given.App("https://wiki.example"), Given.App("https://other.example"));

        Assert.Null(compiled.FindByHost("wiki.example", out var reason));
        Assert.Equal(Reason.HostClaimedTwice, reason);
        Assert.NotNull(compiled.FindByHost("other.example"));
        Assert.Contains("https://WIKI.example:443", compiled.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_claimed_twice_is_refused_and_does_not_fall_back_to_a_wider_one()
    {
        var compiled = Given.Compiled(
            Given.App("https://auth.example.com", domain: "example.com"),
            Given.App("https://one.a.example.com", domain: "a.example.com"),
            Given.App("https://two.a.example.com", domain: ".A.example.com"));

        Assert.Null(compiled.FindByHost("x.a.example.com", out var reason));
        Assert.Equal(Reason.HostClaimedTwice, reason);
        Assert.NotNull(compiled.FindByHost("x.example.com"));
        Assert.NotNull(compiled.FindByHost("one.a.example.com"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("com")]
    [InlineData("localhost")]
    [InlineData("..")]
    [InlineData("..example.com")]
    [InlineData("example.com:443")]
    [InlineData("0.0.1")]
    [InlineData("*.example.com")]
    [InlineData("https://example.com")]
    public void A_cookie_domain_that_is_none_claims_nothing_and_is_told(string domain)
    {
        var compiled = Given.Compiled(Given.App("https://auth.example.com", domain: domain));

        Assert.Null(compiled.FindByHost("x.example.com"));
        Assert.Null(compiled.FindByHost("10.0.0.1"));
        Assert.NotNull(compiled.FindByHost("auth.example.com"));
        Assert.Single(compiled.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wiki.example")]
    [InlineData("ftp://wiki.example")]
    [InlineData("https://wiki.example/path")]
    [InlineData("https://wiki.example?x")]
    [InlineData("https://wiki.example#x")]
    [InlineData("https://ana@wiki.example")]
    [InlineData("https://*.example")]
    public void An_external_host_that_is_none_answers_nothing_and_is_told(string externalHost)
    {
        var compiled = Given.Compiled(Given.App(externalHost), Given.App("https://other.example"));

        Assert.Null(compiled.FindByHost("wiki.example"));
        Assert.NotNull(compiled.FindByHost("other.example"));
        Assert.Single(compiled.Problems);
    }

    [Fact]
    public void Cookie_name_is_the_prefix_and_eight_digits_of_the_client_ids_hash()
    {
        var app = Given.App();
        app = app with { Provider = app.Provider with { ClientId = "abc" } };

        Assert.Equal("authentik_proxy_ba7816bf", Given.Compiled(app).Applications[0].CookieName);
    }
}
