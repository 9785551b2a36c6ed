using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

public sealed class FlowMisuseTests
{
    [Fact]
    public async Task An_empty_post_never_advances()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));

        page = await browser.FillAsync(page, ("uid_field", ""));
        Assert.Contains("This field is required.", page.Text, StringComparison.Ordinal);
        page = await browser.FillAsync(page, ("uid_field", "ana"));
        page = await browser.FillAsync(page, ("password", ""));

        Assert.Contains("This field is required.", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_form_of_another_browser_or_an_earlier_step_never_advances()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        using var other = FlowHost.NewBrowser();
        var first = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        var second = await browser.FillAsync(first, ("uid_field", "ana"));

        // Another browser sends the password form of this one: it is shown the beginning.
        var foreign = await other.FillAsync(second, ("password", FlowHost.Password));
        Assert.Contains("uid_field", HtmlForm.In(foreign)!.Fields.Keys);

        // The password under the token of the first step.
        var early = await browser.FillAsync(first, ("password", FlowHost.Password));
        Assert.Contains("out of date", early.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());

        // Nothing was lost by it.
        var end = await browser.FillAsync(second, ("password", FlowHost.Password));
        Assert.Equal("/if/user/", end.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_password_form_sent_again_after_sign_out_signs_nobody_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var second = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));
        await browser.FillAsync(second, ("password", FlowHost.Password));
        await browser.NavigateAsync(host.At("flows/-/default/invalidation/"));
        Assert.Equal(0, await host.CountSessionsAsync());

        await browser.FillAsync(second, ("password", FlowHost.Password));

        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task The_same_form_sent_twice_at_once_makes_at_most_one_session()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var second = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.FillAsync(second, ("password", FlowHost.Password))));

        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_sign_in_gives_new_cookies_whatever_the_browser_brought()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        browser.Cookies.Add(host.Address, new Cookie("authentik_session", "planted-by-somebody"));
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));
        var before = browser.CookieOf(host.Address, "sidecar_flow");

        await browser.FillAsync(page, ("password", FlowHost.Password));

        Assert.NotEqual("planted-by-somebody", browser.CookieOf(host.Address, "authentik_session"));
        Assert.NotEqual(before, browser.CookieOf(host.Address, "sidecar_flow"));
    }

    [Fact]
    public async Task A_stage_added_while_somebody_signs_in_is_asked_of_them_too()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));
        await host.EditAsync(async context =>
        {
            var flow = await context.Flows.SingleAsync(row => row.Slug == "default-authentication-flow");
            var stage = context.Stages.Add(new ControlPlane.Flows.Stage { Name = "deny", Kind = "deny" }).Entity;
            context.FlowStageBindings.Add(new ControlPlane.Flows.FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 50 });
        });

        await browser.FillAsync(page, ("password", FlowHost.Password));

        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Without_the_stages_that_prove_somebody_a_flow_signs_nobody_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context => context.FlowStageBindings.RemoveRange(
            await context.FlowStageBindings.Where(row => row.Stage!.Name == "default-authentication-password" || row.Stage!.Name == "default-authentication-mfa-validation").ToListAsync()));
        using var browser = FlowHost.NewBrowser();

        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_kind_of_stage_that_is_not_known_denies()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context =>
        {
            var flow = await context.Flows.SingleAsync(row => row.Slug == "default-authentication-flow");
            var stage = context.Stages.Add(new ControlPlane.Flows.Stage { Name = "later", Kind = "of_a_later_version" }).Entity;
            context.FlowStageBindings.Add(new ControlPlane.Flows.FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 1 });
        });
        using var browser = FlowHost.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(host.At(FlowHost.SignInFlow))).Status);
    }

    [Theory]
    [InlineData("default-user-settings-flow")]
    [InlineData("default-password-change")]
    [InlineData("default-provider-authorization-explicit-consent")]
    public async Task A_flow_for_people_who_are_signed_in_asks_to_sign_in_first(string slug)
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();

        var page = await browser.NavigateAsync(host.At($"if/flow/{slug}/"));

        Assert.Equal("/" + FlowHost.SignInFlow, page.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_sign_in_is_not_noticed()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();
        await client.GetStringAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);
        using var named = await client.PostAsJsonAsync(host.At(FlowHost.Executor), new { uid_field = "ana" }, TestContext.Current.CancellationToken);

        await host.RestartAsync();
        using var end = await client.PostAsJsonAsync(host.At(FlowHost.Executor), new { password = FlowHost.Password }, TestContext.Current.CancellationToken);

        Assert.Equal("xak-flow-redirect", (await end.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("component").GetString());
    }

    [Fact]
    public async Task A_hostile_host_header_gets_into_no_page_and_no_redirect()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        foreach (var path in (string[])["", "if/user/", "setup", "flows/-/default/authentication/", FlowHost.SignInFlow, FlowHost.Executor])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, host.At(path)) { Headers = { Host = "evil.example" } };
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.DoesNotContain("evil.example", $"{response.Headers}", StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
