using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

public sealed class SignInByPageTests
{
    [Fact]
    public async Task A_name_and_its_password_sign_a_browser_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana", "ana@example.com");
        using var browser = FlowHost.NewBrowser();

        var page = await browser.SignInAsync(await browser.NavigateAsync(host.At("/")), "ana", FlowHost.Password);

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.Contains("My applications", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Theory]
    [InlineData("ANA")]
    [InlineData(" ana ")]
    [InlineData("Ana@Example.com")]
    public async Task However_the_name_is_spelled(string typed)
    {
        await using var host = await FlowHost.StartWithUserAsync("ana", "ana@example.com");
        using var browser = FlowHost.NewBrowser();

        var page = await browser.SignInAsync(await browser.NavigateAsync(host.At("/")), typed, FlowHost.Password);

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_wrong_password_a_name_that_leads_nowhere_and_a_disabled_user_are_told_apart_by_nothing()
    {
        await using var host = await FlowHost.StartWithUserAsync("xaviera");
        await host.AddUserAsync("xaver");
        await host.EditAsync(context => context.Users.Where(user => user.Username == "xaver").ForEachAsync(user => user.IsActive = false));

        var wrong = await RefusedAsync(host, "xaviera", "not it");
        var unknown = await RefusedAsync(host, "xanthia", "not it");
        var disabled = await RefusedAsync(host, "xaver", FlowHost.Password);

        Assert.Equal(wrong.Replace("xaviera", "X", StringComparison.Ordinal), unknown.Replace("xanthia", "X", StringComparison.Ordinal));
        Assert.Equal(wrong.Replace("xaviera", "X", StringComparison.Ordinal), disabled.Replace("xaver", "X", StringComparison.Ordinal));
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Where_the_browser_wanted_to_go_is_where_it_ends()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();

        var page = await browser.SignInAsync(await browser.NavigateAsync(host.At("/flows/-/default/authentication/?next=%2Fif%2Fuser%2F%3Ftab%3Dx")), "ana", FlowHost.Password);

        Assert.Equal("/if/user/?tab=x", page.Address.PathAndQuery);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%09/evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_sign_in_never_ends_at_another_server(string next)
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();

        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow + "?next=" + Uri.EscapeDataString(next))), "ana", FlowHost.Password);

        Assert.All(browser.Trail, address => Assert.Equal(host.Address.Authority, address.Authority));
    }

    [Fact]
    public async Task A_bookmarked_sign_in_that_is_long_over_is_a_fresh_one()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();

        var page = await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow + $"?run={Guid.NewGuid()}")), "ana", FlowHost.Password);

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task The_pages_load_nothing_and_run_nothing()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        using var response = await client.GetAsync(host.At(FlowHost.SignInFlow), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://127", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1000, 30_000);
        Assert.Contains("Welcome to Sidecar!", text, StringComparison.Ordinal);
    }

    private static async Task<string> RefusedAsync(FlowHost host, string name, string password)
    {
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        page = await SubmitAsync(browser, page, "uid_field", name);
        page = await SubmitAsync(browser, page, "password", password);
        var form = HtmlForm.In(page)!;
        Assert.Contains("Invalid password", page.Text, StringComparison.Ordinal);
        return page.Text.Replace(form.Fields["flow_token"], "TOKEN", StringComparison.Ordinal);
    }

    private static Task<Page> SubmitAsync(Browser browser, Page page, string field, string value)
    {
        var form = HtmlForm.In(page)!;
        form.Fields[field] = value;
        return browser.SubmitAsync(form.Action, form.Fields);
    }
}
