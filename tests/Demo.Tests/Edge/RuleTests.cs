using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.Rules;

namespace Sidecar.Demo.Tests.Edge;

public sealed class RuleTests
{
    [Theory]
    [InlineData(RuleSyntax.V3, "Host(`a.test`)", "a.test", "/", true)]
    [InlineData(RuleSyntax.V3, "Host(`A.Test`)", "a.test", "/", true)]
    [InlineData(RuleSyntax.V3, "Host(`a.test`)", "a.test:8443", "/", true)]
    [InlineData(RuleSyntax.V3, "Host(`a.test`)", "b.a.test", "/", false)]
    [InlineData(RuleSyntax.V2, "Host(`a.test`, `b.test`)", "b.test", "/", true)]
    [InlineData(RuleSyntax.V3, @"HostRegexp(`^[a-z0-9-]+\.a\.test$`)", "x.a.test", "/", true)]
    [InlineData(RuleSyntax.V3, @"HostRegexp(`^[a-z0-9-]+\.a\.test$`)", "x.y.a.test", "/", false)]
    [InlineData(RuleSyntax.V2, "HostRegexp(`{sub:[a-z]{1,3}}.a.test`)", "abc.a.test", "/", true)]
    [InlineData(RuleSyntax.V2, "HostRegexp(`{sub:[a-z]{1,3}}.a.test`)", "abcd.a.test", "/", false)]
    [InlineData(RuleSyntax.V2, "HostRegexp(`{sub:[a-z]+}.a.test`)", "abcXa.test", "/", false)]
    [InlineData(RuleSyntax.V3, "HostRegexp(`{sub:[a-z]+}.a.test`)", "abc.a.test", "/", false)]
    [InlineData(RuleSyntax.V3, "PathPrefix(`/outpost/`)", "a.test", "/outpost/start?x", true)]
    [InlineData(RuleSyntax.V2, "PathPrefix(`/outpost/`)", "a.test", "/outpost", false)]
    [InlineData(RuleSyntax.V3, "Path(`/x`)", "a.test", "/x/", false)]
    [InlineData(RuleSyntax.V3, "PathPrefix(`/a/b`)", "a.test", "/a%2Fb", false)]
    [InlineData(RuleSyntax.V3, "Host(`a.test`) || Host(`b.test`) && PathPrefix(`/x`)", "a.test", "/y", true)]
    [InlineData(RuleSyntax.V3, "Host(`a.test`) || Host(`b.test`) && PathPrefix(`/x`)", "b.test", "/y", false)]
    [InlineData(RuleSyntax.V3, "(Host(`a.test`) || Host(`b.test`)) && PathPrefix(`/x`)", "a.test", "/y", false)]
    [InlineData(RuleSyntax.V3, "!Host(`a.test`)", "b.test", "/", true)]
    [InlineData(RuleSyntax.V3, "Method(`POST`)", "a.test", "/", false)]
    [InlineData(RuleSyntax.V3, "Header(`X-Role`, `admin`)", "a.test", "/", true)]
    [InlineData(RuleSyntax.V2, "Headers(`X-Role`, `dev`)", "a.test", "/", false)]
    public void A_rule_matches_as_Traefik_reads_it(RuleSyntax syntax, string rule, string host, string target, bool expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        (http.Request.Headers.Host, http.Request.Headers["X-Role"]) = (host, "admin");
        var exchange = new EdgeExchange(http, TraefikFeatures.For(TraefikProfile.V3_7_9), target);

        Assert.Equal(expected, RuleParser.Parse(rule, syntax).Matches(RuleSubject.Of(exchange)));
    }

    [Theory]
    [InlineData("Host(`a.test`")]
    [InlineData("Host(a.test)")]
    [InlineData("Host(`a.test`) &&")]
    [InlineData("Host(`a.test`) Host(`b.test`)")]
    [InlineData("Nothing(`a.test`)")]
    [InlineData("PathRegexp(`(`)")]
    public void A_rule_that_cannot_be_read_is_refused(string rule) =>
        Assert.Throws<EdgeConfigurationException>(() => RuleParser.Parse(rule, RuleSyntax.V3));
}
