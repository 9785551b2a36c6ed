using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Authenticators;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class RecoveryTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_who_forgot_a_password_gets_back_in_by_a_link_in_any_browser()
    {
        await using var flows = await MailFlows.StartAsync();
        using var first = FlowHost.NewBrowser();
        var page = await first.NavigateAsync(flows.Host.At(FlowHost.SignInFlow));
        Assert.Contains(MailFlows.Recovery, page.Text, StringComparison.Ordinal);
        Assert.Contains("Check your mailbox", (await flows.AskAsync(first, "ana@example.com")).Text, StringComparison.Ordinal);
        var mail = await flows.Mailbox.WaitForAsync("ana@example.com");
        Assert.Equal("Choose a new password", mail.Subject);
        Assert.StartsWith(MailFlows.PublicAddress + MailFlows.Recovery, $"{mail.Link}", StringComparison.Ordinal);

        using var other = FlowHost.NewBrowser();
        page = await MailFlows.OpenAsync(other, flows.Here(mail.Link));
        page = await MailFlows.ChooseAsync(other, page);

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.True(await flows.SignsInAsync("ana", MailFlows.NewPassword));
        Assert.False(await flows.SignsInAsync("ana", FlowHost.Password));
    }

    [Fact]
    public async Task Looking_at_a_link_uses_nothing_up_and_a_foreign_form_neither()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        for (var i = 0; i < 3; i++)
        {
            using var scanner = FlowHost.NewBrowser();
            Assert.Equal(HttpStatusCode.OK, (await scanner.NavigateAsync(link)).Status);
            await scanner.SubmitAsync(link, [new("component", "ak-stage-email"), new("flow_token", "made up")]);
            await scanner.FetchAsync(HttpMethod.Head, link);
        }

        using var browser = FlowHost.NewBrowser();
        Assert.Contains("password_repeat", (await MailFlows.OpenAsync(browser, link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_link_used_twice_is_refused()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        var second = await flows.LinkForAsync("ana", count: 2);
        using var browser = FlowHost.NewBrowser();
        await MailFlows.OpenAsync(browser, link);

        using var other = FlowHost.NewBrowser();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.NavigateAsync(link)).Status);

        // With one link used the others of the same user are worth nothing.
        Assert.Equal(HttpStatusCode.Forbidden, (await other.NavigateAsync(second)).Status);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Of_many_that_use_a_link_at_once_one_goes_on(DatabaseKind kind)
    {
        await using var flows = await MailFlows.StartAsync(await EnvironmentAsync(kind));
        var link = await flows.LinkForAsync("ana");
        var browsers = Enumerable.Range(0, 6).Select(_ => FlowHost.NewBrowser()).ToList();
        var pages = await Task.WhenAll(browsers.Select(browser => browser.NavigateAsync(link)));

        var after = await Task.WhenAll(browsers.Zip(pages, (browser, page) => browser.FillAsync(page)));

        Assert.Single(after, page => page.Text.Contains("password_repeat", StringComparison.Ordinal));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task A_recovery_link_changes_the_password_of_its_user_and_of_nobody_else()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await MailFlows.OpenAsync(browser, link);

        // Names sent along with the new password replace nobody.
        page = await browser.FillAsync(page, ("password", MailFlows.NewPassword), ("password_repeat", MailFlows.NewPassword), ("uid_field", "bob"), ("username", "bob"), ("pending_user", "bob"));

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.True(await flows.SignsInAsync("ana", MailFlows.NewPassword));
        Assert.True(await flows.SignsInAsync("bob", FlowHost.Password));
        Assert.False(await flows.SignsInAsync("bob", MailFlows.NewPassword));
    }

    [Fact]
    public async Task A_link_of_one_flow_opens_no_other()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        using var browser = FlowHost.NewBrowser();

        foreach (var slug in new[] { "default-enrollment-flow", "default-authentication-flow", "default-password-change", "initial-setup" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(flows.Host.At($"if/flow/{slug}/{link.Query}"))).Status);
        }
    }

    [Fact]
    public async Task A_link_of_the_past_is_refused_at_its_use_whether_it_was_swept_or_not()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(link);
        await flows.Host.EditAsync(async context =>
            await context.MailedLinks.ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)), Cancel));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.FillAsync(page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(link)).Status);
    }

    [Fact]
    public async Task A_link_is_worth_nothing_once_its_user_has_another_address_or_is_disabled()
    {
        await using var flows = await MailFlows.StartAsync();
        var ana = await flows.LinkForAsync("ana");
        var bob = await flows.LinkForAsync("bob");
        await flows.Host.EditAsync(async context =>
        {
            (await context.Users.SingleAsync(user => user.Username == "ana", Cancel)).Email = "ana@new.example";
            (await context.Users.SingleAsync(user => user.Username == "bob", Cancel)).IsActive = false;
        });
        using var browser = FlowHost.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(ana)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(bob)).Status);
    }

    [Fact]
    public async Task Recovery_tells_nobody_whether_a_name_exists_has_an_address_or_is_disabled()
    {
        await using var flows = await MailFlows.StartAsync();
        await flows.Host.AddUserAsync("nomail");
        await flows.Host.AddUserAsync("gone", "gone@example.com");
        await flows.Host.EditAsync(async context => (await context.Users.SingleAsync(user => user.Username == "gone", Cancel)).IsActive = false);
        List<string> pages = [];
        foreach (var name in new[] { "ana", "ana@example.com", "nobody-such", "nobody-such@example.com", "nomail", "gone" })
        {
            using var browser = FlowHost.NewBrowser();
            var page = await flows.AskAsync(browser, name);
            pages.Add($"{(int)page.Status} {Neutral(page.Text, name)}");
            for (var i = 0; i < 5; i++)
            {
                page = await browser.FillAsync(page);
            }

            // And the limit is the same for all.
            pages[^1] += Neutral(page.Text, name);
        }

        Assert.Single(pages.Skip(2).Distinct());
        Assert.Equal(pages[2], pages[0]);
        Assert.Contains("Too many", pages[2], StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await CountMailsAsync(flows.Host) == 0, "everything is sent or thrown away");
        Assert.All(flows.Mailbox.Mails(), mail => Assert.Equal(["ana@example.com"], mail.Recipients));
    }

    [Fact]
    public async Task No_header_of_a_request_finds_its_way_into_a_mailed_link()
    {
        await using var flows = await MailFlows.StartAsync();
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = flows.Host.Address };
        foreach (var (name, value) in new[] { ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("Forwarded", "host=evil.example"), ("Origin", "https://evil.example") })
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        var executor = new Uri("api/v3/flows/executor/default-recovery-flow/?query=", UriKind.Relative);
        await client.GetAsync(executor, Cancel);
        using var answer = await client.PostAsJsonAsync(executor, new { component = "ak-stage-identification", uid_field = "ana" }, Cancel);

        var mail = await flows.Mailbox.WaitForAsync("ana@example.com");
        Assert.StartsWith(MailFlows.PublicAddress, $"{mail.Link}", StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", mail.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_goes_to_the_address_of_the_account_and_to_none_that_was_sent_along()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(flows.Host.At(MailFlows.Recovery));

        page = await browser.FillAsync(page, ("uid_field", "ana"), ("email", "eve@example.com"));
        await browser.FillAsync(page, ("email", "eve@example.com"), ("to", "eve@example.com"));

        await flows.Mailbox.WaitForAsync("ana@example.com", count: 2);
        Assert.All(flows.Mailbox.Mails(), mail => Assert.Equal(["ana@example.com"], mail.Recipients));
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_sends_no_second_mail_and_more_than_five_are_refused()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        var page = await flows.AskAsync(browser, "ana");
        page = await browser.NavigateAsync(page.Address);
        for (var i = 0; i < 8; i++)
        {
            page = await browser.FillAsync(page);
        }

        Assert.Contains("Too many", page.Text, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await CountMailsAsync(flows.Host) == 0, "everything is sent");
        Assert.Equal(5, flows.Mailbox.Mails().Count);
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_in_recovery_too()
    {
        await using var flows = await MailFlows.StartAsync();
        var key = await Devices.AddTotpAsync(flows.Host.Services, await IdOfAsync(flows.Host, "ana"));
        var link = await flows.LinkForAsync("ana");
        using var browser = FlowHost.NewBrowser();

        var page = await MailFlows.OpenAsync(browser, link);
        Assert.Contains("name=\"code\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("password_repeat", page.Text, StringComparison.Ordinal);
        page = await browser.FillAsync(page, ("code", Devices.CodeOf(key)));
        page = await MailFlows.ChooseAsync(browser, page);

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task The_password_policy_holds_in_recovery_and_other_sessions_end()
    {
        await using var flows = await MailFlows.StartAsync();
        using var thief = FlowHost.NewBrowser();
        await thief.SignInAsync(await thief.NavigateAsync(flows.Host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);
        using var browser = FlowHost.NewBrowser();
        var page = await MailFlows.OpenAsync(browser, await flows.LinkForAsync("ana"));

        page = await MailFlows.ChooseAsync(browser, page, "quite short");
        Assert.Contains("at least 15", page.Text, StringComparison.Ordinal);
        await MailFlows.ChooseAsync(browser, page);

        Assert.NotEqual("/if/user/", (await thief.NavigateAsync(flows.Host.At("if/user/"))).Address.AbsolutePath);
        Assert.Equal(1, await flows.Host.CountSessionsAsync());
    }

    [Fact]
    public async Task Recovery_that_nobody_turned_on_is_closed_and_links_of_before_with_it()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await flows.LinkForAsync("ana");
        await flows.Host.EditAsync(async context =>
        {
            (await context.Brands.SingleAsync(Cancel)).FlowRecoveryId = null;
            (await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-identification", Cancel)).Settings = JsonObjects.Parse("""{"user_fields": ["email", "username"]}""");
        });
        using var browser = FlowHost.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(flows.Host.At(MailFlows.Recovery))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(flows.Host.At(MailFlows.Enrolment))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(link)).Status);
    }

    private async Task<(string Name, string Value)[]> EnvironmentAsync(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            return [];
        }

        var server = await postgres.ServerAsync();
        return [.. server.EnvironmentFor(await server.CreateDatabaseAsync()).Select(pair => (pair.Key, pair.Value))];
    }

    private static async Task<Guid> IdOfAsync(FlowHost host, string name)
    {
        await using var context = host.Open();
        return await context.Users.Where(user => user.Username == name).Select(user => user.Id).SingleAsync(Cancel);
    }

    private static string Neutral(string text, string name) =>
        Regex.Replace(text.Replace(name, "NAME", StringComparison.Ordinal), "name=\"flow_token\" value=\"[^\"]*\"", "");

    private static async Task<int> CountMailsAsync(FlowHost host)
    {
        await using var context = host.Open();
        return await context.QueuedMails.CountAsync(Cancel);
    }
}
