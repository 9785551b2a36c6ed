using Microsoft.AspNetCore.Http.Features;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class DispatchTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    public async Task Ping_answers_204_at_any_host_and_from_anybody(string method)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(new Question("/outpost.goauthentik.io/ping").With("Host", "any").From("198.51.100.1").By(method));

        Assert.Equal(204, answer.Status);
    }

    [Theory]
    [InlineData("/outpost.goauthentik.io/auth/envoy/../ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/../../outpost.goauthentik.io/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/../../../outpost.goauthentik.io/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/%2e%2e/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/%2E%2E/%2e%2e/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/.%2e/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/..;/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/..%2fping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/..%5cping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/..\\ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/x/../../ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/./ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/%252e%252e/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy//../ping")]
    public async Task Behind_envoy_no_path_climbs_out_of_the_check(string target)
    {
        await using var outpost = new OutpostUnderTest();
        var question = new Question(target).With("Host", "wiki.example").WithCookie(outpost.TicketCookie());

        var answer = await outpost.AskAsync(question);

        Assert.Equal(403, answer.Status);
        Assert.Equal("bad-path", answer.Reason);
    }

    [Theory]
    [InlineData("/outpost.goauthentik.io/auth/envoy")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/")]
    [InlineData("/outpost.goauthentik.io/auth/envoy?x=1")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/page?x=/../y")]
    public async Task Behind_envoy_the_rest_of_the_path_is_the_applications(string target)
    {
        await using var outpost = new OutpostUnderTest();

        Assert.Equal(200, (await outpost.AskAsync(new Question(target).With("Host", "wiki.example").WithCookie(outpost.TicketCookie()))).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/outpost.goauthentik.io")]
    [InlineData("/outpost.goauthentik.io/")]
    [InlineData("/outpost.goauthentik.io/auth")]
    [InlineData("/outpost.goauthentik.io/auth/")]
    [InlineData("/outpost.goauthentik.io/auth/traefikx")]
    [InlineData("/outpost.goauthentik.io/auth/traefik/")]
    [InlineData("/outpost.goauthentik.io/auth/envoyx/page")]
    [InlineData("/outpost.goauthentik.io/auth/%74raefik")]
    [InlineData("/outpost.goauthentik.io/static/x.css")]
    [InlineData("/outpost.goauthentik.io/x/../ping")]
    [InlineData("/OUTPOST.goauthentik.io/ping")]
    [InlineData("//outpost.goauthentik.io/ping")]
    [InlineData("http://wiki.example/outpost.goauthentik.io/ping")]
    [InlineData("*")]
    public async Task What_is_not_the_outposts_own_is_not_found(string target)
    {
        await using var outpost = new OutpostUnderTest();

        Assert.Equal(404, (await outpost.AskAsync(new Question(target).With("Host", "wiki.example").WithCookie(outpost.TicketCookie()))).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("TRACE")]
    public async Task A_check_is_answered_whatever_its_own_method(string method)
    {
        await using var outpost = new OutpostUnderTest();

        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/", "POST").By(method).WithCookie(outpost.TicketCookie()))).Status);
        var refused = await outpost.AskAsync(Question.Traefik("https://wiki.example/").By(method));
        Assert.Equal(401, refused.Status);
        Assert.Equal(method == "HEAD", refused.Body.Length == 0);
    }

    [Fact]
    public async Task An_exception_ends_in_a_refusal_of_the_500_class_and_in_403_where_500_may_mean_open()
    {
        await using var outpost = new OutpostUnderTest();
        foreach (var (proxy, status) in new[] { ("traefik", 500), ("caddy", 500), ("nginx", 403), ("envoy/x", 403) })
        {
            var context = new Question("/outpost.goauthentik.io/auth/" + proxy).Build();
            context.Features.Get<IHttpRequestFeature>()!.Headers = null!;

            await outpost.Get<OutpostDispatcher>().InvokeAsync(context);

            Assert.Equal(status, context.Response.StatusCode);
            Assert.Equal("internal-error", new Answer(context).Reason);
        }
    }

    [Fact]
    public async Task An_exception_while_waiting_ends_in_a_refusal_too()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.ControlPlane.Redeem = _ => throw new InvalidOperationException("broken");

        var answer = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));

        Assert.Equal(500, answer.Status);
        Assert.Equal("internal-error", answer.Reason);
        Assert.DoesNotContain("broken", answer.Body, StringComparison.Ordinal);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_ends_in_a_refusal_too()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.ControlPlane.Redeem = _ => throw new OperationCanceledException();

        Assert.Equal(500, (await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie))).Status);
    }

    [Fact]
    public async Task A_query_signature_at_any_path_of_a_protected_host_is_the_outposts_own_and_elsewhere_is_not()
    {
        await using var outpost = new OutpostUnderTest();

        var callback = await outpost.AskAsync(Question.Direct("https://wiki.example/anything?X-authentik-auth-callback=true&code=c&state=s").Navigating());
        Assert.Equal(302, callback.Status);
        Assert.StartsWith("https://auth.example/", callback.Location, StringComparison.Ordinal);

        Assert.Equal(404, (await outpost.AskAsync(Question.Direct("https://auth.example/x?X-authentik-auth-callback=true").Navigating())).Status);
        Assert.Equal(404, (await outpost.AskAsync(Question.Direct("https://wiki.example/x?y=X-authentik-logout=true").Navigating())).Status);
    }

    [Fact]
    public async Task A_browser_at_the_outpost_is_told_its_host_by_a_declared_proxy_only()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));
        var start = "https://wiki.example/outpost.goauthentik.io/start";

        Assert.Equal("mail-client", (await outpost.AskAsync(Question.Direct(start).With("X-Forwarded-Host", "mail.example").Navigating())).Query("client_id"));
        Assert.Equal("wiki-client", (await outpost.AskAsync(Question.Direct(start).From("198.51.100.1").Navigating())).Query("client_id"));
        Assert.Equal(
            "untrusted-peer",
            (await outpost.AskAsync(Question.Direct(start).From("198.51.100.1").With("X-Forwarded-Host", "mail.example").Navigating())).Reason);
        Assert.Equal(
            "ambiguous-forwarded-headers",
            (await outpost.AskAsync(Question.Direct(start).With("X-Forwarded-Host", new(["mail.example", "wiki.example"])).Navigating())).Reason);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("https://wiki.example.evil.example/")]
    public async Task Start_falls_back_to_the_application_when_the_address_to_return_to_is_foreign(string target)
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(
            Question.Direct("https://wiki.example/outpost.goauthentik.io/start?rd=" + Uri.EscapeDataString(target)).Navigating());
        outpost.Accept(start, outpost.Ana);

        Assert.Equal("https://wiki.example/", (await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie))).Location);
    }

    [Fact]
    public async Task Start_and_sign_out_work_inside_the_check_of_a_proxy_that_does_not_route_the_prefix()
    {
        await using var outpost = new OutpostUnderTest();

        var start = await outpost.AskAsync(Question.Caddy("https://wiki.example/outpost.goauthentik.io/start?rd=%2Fpage").Navigating());
        Assert.Equal(302, start.Status);
        outpost.Accept(start, outpost.Ana);
        Assert.Equal("https://wiki.example/page", (await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie))).Location);
    }
}
