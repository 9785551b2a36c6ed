using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

public sealed class SignOutTests
{
    [Fact]
    public async Task Signing_out_ends_the_session_and_says_so()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);

        var page = await browser.NavigateAsync(host.At("flows/-/default/invalidation/"));

        Assert.Contains("You are signed out", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
        Assert.Equal("/" + FlowHost.SignInFlow, (await browser.NavigateAsync(host.At("if/user/"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task Another_site_can_sign_nobody_out_without_a_yes()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        using var handler = new HttpClientHandler { CookieContainer = browser.Cookies };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, host.At("if/flow/default-invalidation-flow/"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await Page.ReadAsync(response);

        Assert.Contains("Sign out?", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.CountSessionsAsync());

        await browser.FillAsync(page);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_browser_that_is_signed_in_is_asked_whether_to_go_on()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);

        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));

        Assert.Contains("You are already signed in", page.Text, StringComparison.Ordinal);
        Assert.Equal("/if/user/?x", (await browser.NavigateAsync(host.At(FlowHost.SignInFlow + "?next=/if/user/?x"))).Address.PathAndQuery);
    }

    [Fact]
    public async Task A_session_dies_with_its_user()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        await host.EditAsync(context =>
        {
            foreach (var user in context.Users)
            {
                user.IsActive = false;
            }

            return Task.CompletedTask;
        });

        Assert.Equal("/" + FlowHost.SignInFlow, (await browser.NavigateAsync(host.At("if/user/"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task The_administration_page_is_for_administrators()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await browser.NavigateAsync(host.At("if/admin/"))).Status);
    }

    private static async Task<Browser> SignedInAsync(FlowHost host)
    {
        var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);
        return browser;
    }
}
