using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Browsers;

/// <summary>What users manage on their own, without script.</summary>
public sealed partial class OwnPagesTests
{
    private static readonly string[] Pages = ["if/user/", "if/user/devices/", "if/user/sessions/", "if/user/tokens/", "if/user/consents/"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_has_the_same_navigation_and_marks_itself_and_a_stranger_is_sent_to_sign_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        using var stranger = FlowHost.NewBrowser();
        foreach (var path in Pages)
        {
            var page = await browser.NavigateAsync(host.At(path));
            Assert.All(Pages, other => Assert.Contains($"<a href=\"/{other}\"", page.Text, StringComparison.Ordinal));
            Assert.Contains($"<a href=\"/{path}\" aria-current=\"page\"", page.Text, StringComparison.Ordinal);
            Assert.Single(CurrentMark().Matches(page.Text));
            Assert.Contains("/if/flow/default-user-settings-flow/", page.Text, StringComparison.Ordinal);
            Assert.Contains("Change Password", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("/if/flow/default-authentication-flow/", (await stranger.NavigateAsync(host.At(path))).Address.AbsolutePath);
        }
    }

    [Fact]
    public async Task The_password_is_offered_only_while_a_password_stage_names_a_flow_for_it()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        await host.EditAsync(async context =>
        {
            var stage = await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-password");
            stage.Settings = System.Text.Json.JsonSerializer.SerializeToElement(new { configure_flow = (Guid?)null });
        });

        Assert.DoesNotContain("Change Password", (await browser.NavigateAsync(host.At("if/user/sessions/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_sees_their_sessions_with_this_one_marked_and_ends_others_and_this_one()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.AddUserAsync("ben");
        using var bens = await SignedInAsync(host, "ben");
        using var first = await SignedInAsync(host);
        using var second = await SignedInAsync(host);
        using var third = await SignedInAsync(host);

        var page = await first.NavigateAsync(host.At("if/user/sessions/"));
        Assert.Equal(3, Ends().Count(page.Text));
        Assert.Single(OwnMark().Matches(page.Text));
        await using (var context = host.Open())
        {
            var bensOwn = (await context.Sessions.SingleAsync(session => session.User!.Username == "ben", Cancel)).Id;
            await PostAsync(first, host, page, $"if/user/sessions/{bensOwn:D}/end/");
        }

        Assert.Equal("/if/user/", (await bens.NavigateAsync(host.At("if/user/"))).Address.AbsolutePath);

        // The first form is that of this browser, the second that of another.
        var other = Ends().Matches(page.Text)[1].Groups[1].Value;
        page = await PostAsync(first, host, page, $"if/user/sessions/{other}/end/");
        Assert.Equal(2, Ends().Count(page.Text));
        page = await PostAsync(first, host, page, "if/user/sessions/others/end/");
        Assert.Single(Ends().Matches(page.Text));
        Assert.Equal("/if/flow/default-authentication-flow/", (await second.NavigateAsync(host.At("if/user/"))).Address.AbsolutePath);
        Assert.Equal("/if/flow/default-authentication-flow/", (await third.NavigateAsync(host.At("if/user/"))).Address.AbsolutePath);
        page = await PostAsync(first, host, page, $"if/user/sessions/{Ends().Match(page.Text).Groups[1].Value}/end/");
        Assert.Equal("/if/flow/default-authentication-flow/", page.Address.AbsolutePath);
        await using var after = host.Open();
        Assert.Equal(3, await after.AuditEvents.CountAsync(audit => audit.Action == "model_deleted" && audit.ModelName == "authenticatedsession" && audit.Username == "ana", Cancel));
    }

    [Fact]
    public async Task An_app_password_made_on_the_page_is_shown_once_signs_in_and_is_deleted()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        var page = await browser.NavigateAsync(host.At("if/user/tokens/"));
        Assert.Contains("You have none", page.Text, StringComparison.Ordinal);

        page = await PostAsync(browser, host, page, "if/user/tokens/", ("description", "<b>mail</b>"), ("intent", "app_password"), ("days", "90"));
        var secret = Secret().Match(page.Text).Groups[1].Value;
        Assert.Contains("&lt;b&gt;mail", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(secret);
        page = await browser.NavigateAsync(host.At("if/user/tokens/"));
        Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        using (var program = FlowHost.NewBrowser())
        {
            Assert.Equal("/if/user/", (await program.SignInAsync(await program.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", secret)).Address.AbsolutePath);
        }

        Guid id;
        await using (var context = host.Open())
        {
            var token = await context.Tokens.SingleAsync(row => row.Intent == TokenIntent.AppPassword, Cancel);
            id = token.Id;
            Assert.InRange(token.ExpiresAt!.Value, Samples.Now.AddDays(89), Samples.Now.AddDays(91));
        }

        page = await PostAsync(browser, host, page, $"if/user/tokens/{id:D}/delete/");
        Assert.Contains("You have none", page.Text, StringComparison.Ordinal);
        using var late = FlowHost.NewBrowser();
        Assert.Contains("Invalid password", (await late.SignInAsync(await late.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", secret)).Text, StringComparison.Ordinal);
        await using var after = host.Open();
        var told = await after.AuditEvents.Where(audit => audit.ModelName == "token").ToListAsync(Cancel);
        Assert.Equal(["model_created", "model_deleted"], told.OrderBy(audit => audit.At).Select(audit => audit.Action));
        Assert.DoesNotContain(secret, string.Concat(told.Select(audit => audit.Context.GetRawText())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "app_password", "90")]
    [InlineData("mail", "recovery", "90")]
    [InlineData("mail", "api", "100000")]
    [InlineData("two\nlines", "api", "30")]
    public async Task What_cannot_be_made_is_told_and_not_made(string description, string intent, string days)
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        var page = await PostAsync(browser, host, await browser.NavigateAsync(host.At("if/user/tokens/")), "if/user/tokens/", ("description", description), ("intent", intent), ("days", days));

        Assert.Contains("Say what it is for", page.Text, StringComparison.Ordinal);
        await using var context = host.Open();
        Assert.False(await context.Tokens.AnyAsync(token => token.Intent != TokenIntent.Api || token.User!.Username == "ana", Cancel));
    }

    [Fact]
    public async Task A_user_sees_and_withdraws_their_consents_and_nobody_elses()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        var ben = await host.AddUserAsync("ben");
        int bens = 0;
        await host.EditAsync(async context =>
        {
            var wiki = context.Applications.Add(new Application { Slug = "wiki", Name = "Wiki" }).Entity;
            var ana = (await context.Users.SingleAsync(user => user.Username == "ana")).Id;
            context.Consents.AddRange(
                new Consent { UserId = ana, ApplicationId = wiki.Id, Permissions = "email openid", CreatedAt = Samples.Now },
                new Consent { UserId = ana, ApplicationId = wiki.Id, Permissions = "openid", CreatedAt = Samples.Now, ExpiresAt = Samples.Now.AddMinutes(-1) },
                new Consent { UserId = ben, ApplicationId = wiki.Id, Permissions = "openid", CreatedAt = Samples.Now });
        });
        await using (var context = host.Open())
        {
            bens = (await context.Consents.SingleAsync(consent => consent.UserId == ben, Cancel)).Id;
        }

        using var browser = await SignedInAsync(host);
        var page = await browser.NavigateAsync(host.At("if/user/consents/"));
        Assert.Contains("Your e-mail address", page.Text, StringComparison.Ordinal);
        var own = Assert.Single(Withdrawals().Matches(page.Text)).Groups[1].Value;
        page = await PostAsync(browser, host, page, $"if/user/consents/{bens}/withdraw/");
        page = await PostAsync(browser, host, page, $"if/user/consents/{own}/withdraw/");

        Assert.Contains("No application was told", page.Text, StringComparison.Ordinal);
        await using var after = host.Open();
        Assert.True(await after.Consents.AnyAsync(consent => consent.Id == bens, Cancel));
    }

    [Fact]
    public async Task A_token_is_made_only_by_somebody_who_has_just_signed_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        await host.EditAsync(context => context.Sessions.ForEachAsync(session => session.AuthenticatedAt -= DeviceRemoval.Recent));

        var page = await PostAsync(browser, host, await browser.NavigateAsync(host.At("if/user/tokens/")), "if/user/tokens/", ("description", "mail"), ("intent", "app_password"), ("days", "90"));
        Assert.Contains(FlowHost.SignInFlow, browser.Trail[^1].AbsolutePath, StringComparison.Ordinal);
        await using var context = host.Open();
        Assert.False(await context.Tokens.AnyAsync(token => token.Intent == TokenIntent.AppPassword, Cancel));

        page = await browser.SignInAsync(page, "ana", FlowHost.Password);
        Assert.Equal("/if/user/tokens/", browser.Trail[^1].AbsolutePath);
        page = await PostAsync(browser, host, page, "if/user/tokens/", ("description", "mail"), ("intent", "app_password"), ("days", "90"));
        Assert.Matches(Secret(), page.Text);
    }

    [Fact]
    public async Task A_form_without_the_pages_own_token_changes_nothing()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = await SignedInAsync(host);
        using var other = await SignedInAsync(host);
        var foreign = HtmlForm.In(await other.NavigateAsync(host.At("if/user/sessions/")))!.Fields["page_token"];
        foreach (var token in new[] { "", "made up", foreign })
        {
            await browser.SubmitAsync(host.At("if/user/sessions/others/end/"), new Dictionary<string, string> { ["page_token"] = token });
            await browser.SubmitAsync(host.At("if/user/tokens/"), new Dictionary<string, string> { ["page_token"] = token, ["description"] = "x", ["intent"] = "api", ["days"] = "30" });
        }

        Assert.Equal(2, await host.CountSessionsAsync());
        await using var context = host.Open();
        Assert.False(await context.Tokens.AnyAsync(token => token.User!.Username == "ana", Cancel));
    }

    private static async Task<Browser> SignedInAsync(FlowHost host, string name = "ana")
    {
        var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), name, FlowHost.Password);
        return browser;
    }

    private static Task<Page> PostAsync(Browser browser, FlowHost host, Page page, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["page_token"] = HtmlForm.In(page)!.Fields["page_token"];
        return browser.SubmitAsync(host.At(path), form);
    }

    [GeneratedRegex("aria-current=\"page\"")]
    private static partial Regex CurrentMark();

    [GeneratedRegex("This browser")]
    private static partial Regex OwnMark();

    [GeneratedRegex("action=\"/if/user/sessions/([0-9a-f-]{36})/end/\"")]
    private static partial Regex Ends();

    [GeneratedRegex("action=\"/if/user/consents/([0-9]+)/withdraw/\"")]
    private static partial Regex Withdrawals();

    [GeneratedRegex("class=\"key\"><code>([^<]+)</code>")]
    private static partial Regex Secret();
}
