using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

/// <summary>What another part of the product starts and later asks about.</summary>
public sealed class AuthorizationFlowTests
{
    private const string Explicit = "default-provider-authorization-explicit-consent";
    private const string Implicit = "default-provider-authorization-implicit-consent";

    [Fact]
    public async Task A_consent_is_proven_once_for_exactly_its_request()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await OpenAsync(host, browser, Explicit);
        Assert.Contains("Wiki", page.Text, StringComparison.Ordinal);
        Assert.Contains("Your e-mail address", page.Text, StringComparison.Ordinal);
        Assert.False(await ConsumeAsync(host, browser, "authorize", "request-1"));

        page = await browser.FillAsync(page);

        Assert.Equal("/if/user/?done", page.Address.PathAndQuery);
        Assert.False(await ConsumeAsync(host, browser, "authorize", "request-2"));
        Assert.False(await ConsumeAsync(host, browser, "other", "request-1"));
        Assert.True(await ConsumeAsync(host, browser, "authorize", "request-1"));
        Assert.False(await ConsumeAsync(host, browser, "authorize", "request-1"));
    }

    [Fact]
    public async Task A_consent_that_was_given_is_not_asked_for_again_until_more_is_asked()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        await browser.FillAsync(await OpenAsync(host, browser, Explicit));

        Assert.Equal("/if/user/?done", (await StartAsync(host, browser, Explicit, ["openid", "email"])).Address.PathAndQuery);
        Assert.NotNull(HtmlForm.In(await StartAsync(host, browser, Explicit, ["openid", "email", "profile"])));
    }

    [Fact]
    public async Task Consent_without_the_token_of_what_was_shown_is_none()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await OpenAsync(host, browser, Explicit);

        page = await browser.FillAsync(page, ("token", ""));

        Assert.NotNull(HtmlForm.In(page));
        Assert.False(await ConsumeAsync(host, browser, "authorize", "request-1"));
    }

    [Fact]
    public async Task A_flow_that_asks_nothing_is_over_at_once()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();

        var page = await OpenAsync(host, browser, Implicit);

        Assert.Equal("/if/user/?done", page.Address.PathAndQuery);
        Assert.True(await ConsumeAsync(host, browser, "authorize", "request-1"));
    }

    [Fact]
    public async Task The_proof_is_worth_nothing_in_another_session()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        await OpenAsync(host, browser, Implicit);
        await browser.NavigateAsync(host.At("flows/-/default/invalidation/"));
        await SignInAsync(host, browser);

        Assert.False(await ConsumeAsync(host, browser, "authorize", "request-1"));
    }

    [Fact]
    public async Task A_run_cannot_be_opened_in_another_browser()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        using var other = FlowHost.NewBrowser();
        var page = await OpenAsync(host, browser, Explicit);
        await SignInAsync(host, other);

        var foreign = await other.NavigateAsync(page.Address);

        Assert.Null(HtmlForm.In(foreign));
        Assert.Contains("expired", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_does_not_stand_in_the_way_of_the_next_try()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        await AddApplicationAsync(host);
        await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        var page = await StartAsync(host, browser, "default-authentication-flow", []);
        await browser.FillAsync(page, ("uid_field", "ana"), ("password", "wrong"));
        await host.EditAsync(async context =>
        {
            var run = await context.FlowRuns.SingleAsync(TestContext.Current.CancellationToken);
            run.Plan = RunJson.Write(RunJson.PlanOf(run) with { State = RunState.Denied });
        });

        page = await browser.SignInAsync(await browser.NavigateAsync(page.Address), "ana", FlowHost.Password);

        Assert.Equal("/if/user/?done", page.Address.PathAndQuery);
    }

    private static async Task<Page> OpenAsync(FlowHost host, Browser browser, string flow)
    {
        await AddApplicationAsync(host);
        await SignInAsync(host, browser);
        return await StartAsync(host, browser, flow, ["openid", "email"]);
    }

    private static Task AddApplicationAsync(FlowHost host) => host.EditAsync(context =>
    {
        context.Applications.Add(new Application { Slug = "wiki", Name = "Wiki" });
        return Task.CompletedTask;
    });

    private static async Task SignInAsync(FlowHost host, Browser browser) =>
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);

    private static async Task<Page> StartAsync(FlowHost host, Browser browser, string slug, string[] scopes)
    {
        await using var scope = host.Scope();
        await using var context = host.Open();
        var http = RequestOf(host, browser, scope.ServiceProvider);
        var to = await scope.ServiceProvider.GetRequiredService<FlowStarter>().StartAsync(http, await context.Flows.SingleAsync(flow => flow.Slug == slug), new FlowStart
        {
            Next = "/if/user/?done",
            Purpose = "authorize",
            RequestHash = "request-1",
            Application = (await context.Applications.SingleAsync()).Id,
            Scopes = scopes,
        });
        return await browser.NavigateAsync(host.At(to));
    }

    private static async Task<bool> ConsumeAsync(FlowHost host, Browser browser, string purpose, string hash)
    {
        await using var scope = host.Scope();
        return await scope.ServiceProvider.GetRequiredService<FlowProofs>().TryConsumeAsync(RequestOf(host, browser, scope.ServiceProvider), purpose, hash);
    }

    // The same browser at another address of the server: an authorization endpoint.
    private static DefaultHttpContext RequestOf(FlowHost host, Browser browser, IServiceProvider services)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Headers.Cookie = browser.Cookies.GetCookieHeader(host.Address);
        return http;
    }
}
