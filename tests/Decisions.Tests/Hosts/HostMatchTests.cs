namespace Sidecar.Decisions.Tests.Hosts;

public sealed class HostMatchTests
{
    [Theory]
    [InlineData("https://wiki.example", "wiki.example")]
    [InlineData("https://wiki.example", "WIKI.Example")]
    [InlineData("https://Wiki.Example", "wiki.example")]
    [InlineData("https://wiki.example/", "wiki.example")]
    [InlineData("https://wiki.example", "wiki.example.")]
    [InlineData("https://wiki.example.", "wiki.example")]
    [InlineData("https://wiki.example", "wiki.example:443")]
    [InlineData("https://wiki.example", "wiki.example.:443")]
    [InlineData("https://wiki.example", "wiki.example:")]
    [InlineData("https://wiki.example:443", "wiki.example")]
    [InlineData("http://wiki.example", "wiki.example:80")]
    [InlineData("http://wiki.example", "wiki.example")]
    [InlineData("https://wiki.example:8443", "wiki.example:8443")]
    [InlineData("https://my_wiki.example", "my_wiki.example")]
    [InlineData("https://bücher.example", "xn--bcher-kva.example")]
    [InlineData("http://localhost:8080", "localhost:8080")]
    [InlineData("http://10.0.0.1", "10.0.0.1")]
    [InlineData("http://[::1]:8080", "[::1]:8080")]
    [InlineData("http://[::1]", "[::1]")]
    [InlineData("http://[::1]", "[0:0:0:0:0:0:0:1]:80")]
    [InlineData("http://[2001:DB8::1]", "[2001:0db8::0001]")]
    public void Answers_every_spelling_of_the_external_host(string externalHost, string authority) =>
        Assert.NotNull(Given.Compiled(Given.App(externalHost)).FindByHost(authority));

    [Theory]
    [InlineData("https://wiki.example", "other.example")]
    [InlineData("https://wiki.example", "sub.wiki.example")]
    [InlineData("https://wiki.example", "example")]
    [InlineData("https://wiki.example", "wiki.example:80")]
    [InlineData("https://wiki.example", "wiki.example:8443")]
    [InlineData("http://wiki.example", "wiki.example:443")]
    [InlineData("https://wiki.example:8443", "wiki.example")]
    [InlineData("https://wiki.example:8443", "wiki.example:443")]
    [InlineData("https://wiki.example", "wiki.example:0443")]
    [InlineData("https://wiki.example", "wiki.example:+443")]
    [InlineData("https://wiki.example", "wiki.example:66979")]
    [InlineData("https://wiki.example", "wiki.example:443:443")]
    [InlineData("https://wiki.example", "wiki.example..")]
    [InlineData("https://wiki.example", ".wiki.example")]
    [InlineData("https://wiki.example", " wiki.example")]
    [InlineData("https://wiki.example", "wiki.example ")]
    [InlineData("https://wiki.example", "ana@wiki.example")]
    [InlineData("https://wiki.example", "wiki.example/")]
    [InlineData("https://wiki.example", "wiki.example\0")]
    [InlineData("https://wiki.example", "wiki.example,other.example")]
    [InlineData("https://wiki.example", "https://wiki.example")]
    [InlineData("https://kiwi.example", "\u212Aiwi.example")]
    [InlineData("https://wiki.example", "")]
    [InlineData("https://wiki.example", ".")]
    [InlineData("https://wiki.example", ":443")]
    [InlineData("https://wiki.example", "[")]
    [InlineData("https://wiki.example", "[]")]
    [InlineData("https://wiki.example", "[wiki.example]")]
    [InlineData("http://[::1]", "[::1")]
    [InlineData("http://[::1]", "[::1]x")]
    [InlineData("http://[::1]", "::1")]
    [InlineData("http://[::1]", "[::1]:81")]
    [InlineData("http://[fe80::1]", "[fe80::1%25eth0]")]
    public void Answers_no_other_host_even_with_one_application(string externalHost, string authority)
    {
        Assert.Null(Given.Compiled(Given.App(externalHost)).FindByHost(authority, out var reason));
        Assert.Equal(Reason.UnknownHost, reason);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("a.example.com")]
    [InlineData("b.A.Example.COM")]
    [InlineData("a.example.com.")]
    [InlineData("a.example.com:8443")]
    [InlineData("auth.other.net")]
    public void Domain_mode_answers_the_domain_everything_under_it_and_the_external_host(string authority) =>
        Assert.NotNull(Given.Compiled(Given.App("https://auth.other.net", domain: "example.com")).FindByHost(authority));

    [Theory]
    [InlineData("evilexample.com")]
    [InlineData("example.com.evil.net")]
    [InlineData("com")]
    [InlineData("example.co")]
    [InlineData("a.example.com..")]
    [InlineData("..example.com")]
    [InlineData("a..example.com")]
    [InlineData("evil@a.example.com")]
    [InlineData("evil.net/a.example.com")]
    public void Domain_mode_answers_nothing_that_only_looks_like_the_domain(string authority) =>
        Assert.Null(Given.Compiled(Given.App("https://auth.example.com", domain: "example.com")).FindByHost(authority));

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
