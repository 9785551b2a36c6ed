using Sidecar.Demo.Tests.Edge.Kit;

namespace Sidecar.Demo.Tests.Edge;

public sealed class IngressNginxTests
{
    private const string Profile = "IngressNginx";

    [Fact]
    public async Task The_question_has_only_rebuilt_headers_and_no_original_url()
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await EdgeFixture.StartAsync(
            Profile, auth: forward => forward with { Address = auth.Address.AbsoluteUri, TrustForwardHeader = true }, edge: options => options with { Insecure = true });

        await edge.GetAsync("X-Forwarded-For: 6.6.6.6\nX-Forwarded-Host: evil\nX_Forwarded_Proto: https", "/a?b");

        Assert.Contains("X-Forwarded-For: 127.0.0.1", auth.Lines);
        Assert.Contains("X-Forwarded-Host: app.test", auth.Lines);
        Assert.Contains("X-Forwarded-Uri: /a?b", auth.Lines);
        Assert.DoesNotContain(auth.Lines, line => line.Contains("evil", StringComparison.Ordinal) || line.StartsWith("X-Original", StringComparison.Ordinal) || line.StartsWith("X_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://sign.in/start", "https://sign.in/start?rd=http://app.test%2Fa%3Fb")]
    [InlineData("https://sign.in/start?x=1", "https://sign.in/start?x=1&rd=http://app.test%2Fa%3Fb")]
    [InlineData("https://$host/start?rd=$request_uri", "https://app.test/start?rd=/a?b")]
    public async Task A_401_leads_to_the_sign_in_address_with_the_way_back(string signin, string expected)
    {
        await using var edge = await EdgeFixture.StartAsync(Profile, http => StubAuth.RefuseAsync(http, 401, "x"), auth => auth with { AuthSigninUrl = signin });

        var answer = await edge.GetAsync(target: "/a?b");

        Assert.Equal((302, expected), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task Another_refusal_is_copied_with_its_body()
    {
        await using var edge = await EdgeFixture.StartAsync(Profile, http => StubAuth.RefuseAsync(http, 403, "Forbidden"));

        var answer = await edge.GetAsync();

        Assert.Equal((403, "Forbidden\n"), (answer.Status, answer.Body));
        Assert.Empty(edge.AppCalls);
    }
}
