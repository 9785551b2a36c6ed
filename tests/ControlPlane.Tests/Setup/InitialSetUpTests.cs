using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Setup;

public sealed class InitialSetUpTests
{
    private const string SetUp = "if/flow/initial-setup/";
    private const string NewPassword = "a long new password";

    [Fact]
    public async Task The_first_visitor_sets_up_and_is_signed_in()
    {
        await using var host = await FlowHost.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var end = await SubmitAsync(browser, await browser.NavigateAsync(host.At(SetUp)), ("public_address", "https://auth.example.com"));

        Assert.Equal("/if/admin/", end.Address.AbsolutePath);
        await using var context = host.Open();
        var installation = await context.Installations.SingleAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(installation.SetUpCompletedAt);
        Assert.Equal("https://auth.example.com", installation.PublicAddress);
        var outpost = await context.Outposts.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("https://auth.example.com/", OutpostConfig.TextOf(outpost.Config, OutpostConfig.HostKey));
        Assert.Equal("root@example.com", (await context.Users.SingleAsync(user => user.Username == "akadmin", TestContext.Current.CancellationToken)).Email);
    }

    [Fact]
    public async Task The_address_that_the_browser_sees_is_offered_to_be_confirmed()
    {
        await using var host = await FlowHost.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var form = HtmlForm.In(await browser.NavigateAsync(host.At(SetUp)))!;

        Assert.Equal(host.Address.ToString(), form.Fields["public_address"]);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("auth.example.com")]
    [InlineData("https://auth.example.com/path")]
    [InlineData("https://user@auth.example.com")]
    public async Task What_is_no_address_of_a_server_is_refused(string address)
    {
        await using var host = await FlowHost.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var page = await SubmitAsync(browser, await browser.NavigateAsync(host.At(SetUp)), ("public_address", address));

        Assert.Contains("This is not an address", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Theory]
    [InlineData("short", "short", "at least 8")]
    [InlineData("a long new password", "another password", "Passwords don&#x27;t match")]
    [InlineData("a long new password", "", "required")]
    public async Task Passwords_must_be_long_enough_and_equal(string password, string repeat, string message)
    {
        await using var host = await FlowHost.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var page = await browser.FillAsync(
            await browser.NavigateAsync(host.At(SetUp)), ("email", "root@example.com"), ("password", password), ("password_repeat", repeat));

        Assert.Contains(message, page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Of_two_who_set_up_at_once_one_wins()
    {
        await using var host = await FlowHost.StartAsync();
        using var one = FlowHost.NewBrowser();
        using var two = FlowHost.NewBrowser();
        var (first, second) = (await one.NavigateAsync(host.At(SetUp)), await two.NavigateAsync(host.At(SetUp)));

        await Task.WhenAll(SubmitAsync(one, first), SubmitAsync(two, second));

        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Once_done_it_stays_done_even_without_its_administrator()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context => context.Users.Remove(await context.Users.SingleAsync(user => user.Username == "akadmin")));
        using var browser = FlowHost.NewBrowser();

        var page = await browser.NavigateAsync(host.At(SetUp));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("already set up", page.Text, StringComparison.Ordinal);
        Assert.Null(HtmlForm.In(page));
    }

    [Fact]
    public async Task Once_done_it_tells_an_administrator_something_else_than_everybody()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var stranger = FlowHost.NewBrowser();
        using var administrator = FlowHost.NewBrowser();
        using var user = FlowHost.NewBrowser();
        await administrator.SignInAsync(await administrator.NavigateAsync(host.At(FlowHost.SignInFlow)), "akadmin", FlowHost.AdministratorPassword);
        await user.SignInAsync(await user.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);

        var toStranger = (await stranger.NavigateAsync(host.At(SetUp))).Text;
        var toAdministrator = (await administrator.NavigateAsync(host.At(SetUp))).Text;
        var toUser = (await user.NavigateAsync(host.At(SetUp))).Text;

        Assert.Contains("Sign in as an administrator", toStranger, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign in as somebody else", toStranger, StringComparison.Ordinal);
        Assert.Contains("you are signed in as an administrator", toAdministrator, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign in as", toAdministrator, StringComparison.Ordinal);
        Assert.Contains("Sign in as an administrator", toUser, StringComparison.Ordinal);
        Assert.Contains("Sign in as somebody else", toUser, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_first_hour_it_asks_for_the_code_of_the_log()
    {
        await using var host = await FlowHost.StartAsync();
        var hash = SetUpGate.HashOf("ABCDE-FGHJK");
        await CodeIsMadeAsync(host);
        await host.EditAsync(async context =>
        {
            await context.Installations.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.SetUpOpenUntil, TimeProvider.System.GetUtcNow().AddMinutes(-1)).SetProperty(row => row.SetUpCodeHash, hash));
        });
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(SetUp));

        page = await SubmitAsync(browser, page, ("setup_code", ""));
        Assert.Contains("This field is required.", page.Text, StringComparison.Ordinal);
        page = await SubmitAsync(browser, page, ("setup_code", "WRONG"));
        Assert.Contains("This is not the code", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());

        page = await SubmitAsync(browser, page, ("setup_code", "abcde fghjk"));
        Assert.Equal("/if/admin/", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task No_password_of_a_form_lies_in_the_database()
    {
        await using var host = await FlowHost.StartAsync();
        using var browser = FlowHost.NewBrowser();
        await SubmitAsync(browser, await browser.NavigateAsync(host.At(SetUp)), ("public_address", "nonsense"));
        await using var context = host.Open();

        var runs = await context.FlowRuns.ToListAsync(TestContext.Current.CancellationToken);

        Assert.All(runs, run => Assert.DoesNotContain(NewPassword, run.Context.GetRawText() + run.Plan.GetRawText(), StringComparison.Ordinal));
    }

    // The server makes its own code beside its start, and would put it in the place of the test's.
    private static async Task CodeIsMadeAsync(FlowHost host)
    {
        await using var context = host.Open();
        await Eventually.HoldsAsync(
            () => context.Installations.AnyAsync(installation => installation.SetUpCodeHash != null, TestContext.Current.CancellationToken), "the server has made its code");
    }

    private static Task<Page> SubmitAsync(Browser browser, Page page, params (string Name, string Value)[] more) =>
        browser.FillAsync(page, [("email", "root@example.com"), ("password", NewPassword), ("password_repeat", NewPassword), .. more]);
}
