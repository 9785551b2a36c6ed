using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Chromium;

namespace Sidecar.ControlPlane.Tests.Flows;

/// <summary>Each setting that the API takes changes what a browser is shown or may do, with its next request.</summary>
public sealed class StageSettingsTests(PostgresFixture postgres)
{
    private const string Password = "a long enough passphrase";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flow_made_by_the_API_alone_signs_a_browser_in()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "front-door", "authentication");
        await PutAsync(plane, flow, 0, "identification", new { name = "who", user_fields = new[] { "username" } });
        await PutAsync(plane, flow, 1, "password", new { name = "proof", backends = new[] { "authentik.core.auth.InbuiltBackend" } });
        await PutAsync(plane, flow, 2, "user_login", new { name = "in", session_duration = "hours=2" });
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();

        await SignInAsync(page, plane, "front-door");

        Assert.Contains("/if/user/", page.Url, StringComparison.Ordinal);
        var cookie = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "authentik_session");
        Assert.True(cookie.Expires > 0, "the session's cookie does not outlive the browser");
    }

    [Fact]
    public async Task Without_user_fields_nobody_is_asked_for_a_name_or_can_send_one()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "front-door", "authentication");
        var who = await PutAsync(plane, flow, 0, "identification", new { name = "who" });
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await page.GotoAsync(new Uri(plane.Address, "if/flow/front-door/").AbsoluteUri);
        Assert.Equal(1, await page.Locator("[name=uid_field]").CountAsync());

        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/identification/{who}/", new { user_fields = Array.Empty<string>() }, 200);

        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator("[name=uid_field]").CountAsync());
        Assert.Contains("turned off here", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        var answer = await plane.ClientOf(null).SentAsync(HttpMethod.Post, "flows/executor/front-door/?query=", new { uid_field = "ana" }, 200);
        Assert.Equal("ak-stage-identification", answer.GetProperty("component").GetString());
    }

    [Fact]
    public async Task Without_its_flow_in_the_password_stage_nobody_is_offered_to_change_the_password_or_can()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var plane = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await SignInAsync(page, plane, "default-authentication-flow");
        var change = page.GetByText("Change Password");
        await change.ClickAsync();
        Assert.Equal(2, await page.Locator("[type=password]").CountAsync());

        var stage = (await plane.Admin.GotAsync("stages/password/?name=default-authentication-password")).GetProperty("results")[0];
        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/password/{stage.GetProperty("pk")}/", new { configure_flow = (string?)null }, 200);

        await page.FillAsync("[name=password]", "another long passphrase");
        await page.FillAsync("[name=password_repeat]", "another long passphrase");
        await page.ClickAsync("button[type=submit]");
        Assert.Contains("turned off", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await page.GotoAsync(new Uri(plane.Address, "if/user/").AbsoluteUri);
        Assert.Equal(0, await change.CountAsync());
        Assert.Equal(404, (await page.GotoAsync(new Uri(plane.Address, $"flows/-/configure/{stage.GetProperty("pk")}/").AbsoluteUri))!.Status);
        Assert.Equal(403, (await page.GotoAsync(new Uri(plane.Address, "if/flow/default-password-change/").AbsoluteUri))!.Status);
        Assert.DoesNotContain((await plane.Admin.GotAsync("stages/all/user_settings/")).EnumerateArray(), entry => entry.GetProperty("object_uid").GetGuid() == stage.GetProperty("pk").GetGuid());
        await SignInAsync(await chromium.OpenAsync(), plane, "default-authentication-flow");
    }

    [Theory]
    [InlineData(true, true, "ana@example.com")]
    [InlineData(false, true, "ana")]
    [InlineData(false, false, "ana@example.com")]
    public async Task Whom_a_typed_name_leads_to_is_shown_only_where_it_is_no_secret(bool pretend, bool show, string shown)
    {
        await using var plane = await StartAsync();
        await ChangeAsync(plane, "identification", "default-authentication-identification", new { pretend_user_exists = pretend, show_matched_user = show });

        Assert.Equal(shown, (await NameAsync(plane, "ana@example.com")).GetProperty("pending_user").GetString());
    }

    [Fact]
    public async Task Without_pretending_an_unknown_name_is_refused_at_once()
    {
        await using var plane = await StartAsync();
        Assert.Equal("ak-stage-password", (await NameAsync(plane, "nobody")).GetProperty("component").GetString());

        await ChangeAsync(plane, "identification", "default-authentication-identification", new { pretend_user_exists = false });

        Assert.Equal("ak-stage-identification", (await NameAsync(plane, "nobody")).GetProperty("component").GetString());
    }

    [Fact]
    public async Task The_password_is_asked_for_with_the_name_when_a_password_stage_is_chosen()
    {
        await using var plane = await StartAsync();
        var inline = (await plane.Admin.GotAsync("stages/password/?name=default-authentication-password")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await ChangeAsync(plane, "password", "default-authentication-password", new { allow_show_password = true });
        await ChangeAsync(plane, "identification", "default-authentication-identification", new { password_stage = inline, user_fields = new[] { "email" } });
        using var browser = new Browser();

        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/"));
        var asked = await plane.ClientOf(null).GotAsync("flows/executor/default-authentication-flow/?query=");
        Assert.True(asked.GetProperty("password_fields").GetBoolean());
        Assert.True(asked.GetProperty("allow_show_password").GetBoolean());
        var form = HtmlForm.In(page)!;
        (form.Fields["uid_field"], form.Fields["password"]) = ("ana@example.com", Password);
        Assert.Equal("/if/user/", (await browser.SubmitAsync(form.Action, form.Fields)).Address.AbsolutePath);
    }

    [Fact]
    public async Task The_sign_in_page_leads_to_the_flows_that_it_names()
    {
        await using var plane = await StartAsync();
        var recovery = await FlowAsync(plane, "recover", "recovery");
        var enrollment = await FlowAsync(plane, "join", "enrollment");
        var keys = await FlowAsync(plane, "keys", "authentication");
        await ChangeAsync(plane, "identification", "default-authentication-identification", new { recovery_flow = recovery, enrollment_flow = enrollment, passwordless_flow = keys });
        using var browser = new Browser();

        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/?next=%2Fif%2Fuser%2F%3Fx%3D1"));

        Assert.Contains("href=\"/if/flow/recover/?next=%2Fif%2Fuser%2F%3Fx%3D1\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/if/flow/join/?next=", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/if/flow/keys/?next=", page.Text, StringComparison.Ordinal);
        await ChangeAsync(plane, "identification", "default-authentication-identification", new { recovery_flow = (string?)null });
        await plane.Admin.SentAsync(HttpMethod.Delete, "flows/instances/join/", null, 204);
        var asked = await plane.ClientOf(null).GotAsync("flows/executor/default-authentication-flow/?query=");
        Assert.False(asked.TryGetProperty("enroll_url", out _));
        Assert.False(asked.TryGetProperty("recovery_url", out _));
    }

    [Fact]
    public async Task So_many_wrong_passwords_end_the_run()
    {
        await using var plane = await StartAsync();
        await ChangeAsync(plane, "password", "default-authentication-password", new { failed_attempts_before_cancel = 2 });
        using var browser = new Browser();

        var page = await ProveAsync(browser, plane, "wrong");
        Assert.Contains("Invalid password", page.Text, StringComparison.Ordinal);
        var form = HtmlForm.In(page)!;
        form.Fields["password"] = "wrong again";
        Assert.Contains("wrong too often", (await browser.SubmitAsync(form.Action, form.Fields)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Who_says_stay_signed_in_keeps_the_cookie_so_much_longer(string remember, bool keeps)
    {
        await using var plane = await StartAsync();
        await ChangeAsync(plane, "user_login", "default-authentication-login", new { remember_me_offset = "days=30" });
        using var browser = new Browser();

        var page = await ProveAsync(browser, plane, Password);
        Assert.Contains("Stay signed in", page.Text, StringComparison.Ordinal);
        var form = HtmlForm.In(page)!;
        form.Fields.Remove("remember_me");
        Assert.Contains("Stay signed in", (await browser.SubmitAsync(form.Action, form.Fields)).Text, StringComparison.Ordinal);
        form.Fields["remember_me"] = remember;
        Assert.Equal("/if/user/", (await browser.SubmitAsync(form.Action, form.Fields)).Address.AbsolutePath);

        await using var context = plane.Plane.Open();
        var session = await context.Sessions.SingleAsync(Cancel);
        Assert.Equal(keeps, session.AbsoluteEnd > session.CreatedAt + TimeSpan.FromDays(20));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_sign_in_ends_the_users_other_sessions_when_the_stage_says_so(bool terminates, int left)
    {
        await using var plane = await StartAsync();
        await ChangeAsync(plane, "user_login", "default-authentication-login", new { terminate_other_sessions = terminates });
        for (var i = 0; i < 2; i++)
        {
            using var browser = new Browser();
            await browser.SignInAsync(await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/")), "ana", Password);
        }

        await using var context = plane.Plane.Open();
        Assert.Equal(left, await context.Sessions.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("never_create", false, 0)]
    [InlineData("create_when_required", false, 1)]
    [InlineData("always_create", true, 1)]
    public async Task Whether_and_how_an_enrolment_makes_a_user_is_as_the_write_stage_says(string mode, bool inactive, int made)
    {
        await using var plane = await StartAsync();
        var group = await plane.CreateGroupAsync("newcomers");
        var flow = await EnrolmentAsync(plane, new JsonObject
        {
            ["name"] = "write",
            ["user_creation_mode"] = mode,
            ["create_users_as_inactive"] = inactive,
            ["create_users_group"] = $"{group}",
            ["user_type"] = "internal",
            ["user_path_template"] = "users/new",
        });
        using var browser = new Browser();

        var form = HtmlForm.In(await browser.NavigateAsync(new Uri(plane.Address, $"if/flow/{flow}/")))!;
        form.Fields["username"] = "newcomer";
        await browser.SubmitAsync(form.Action, form.Fields);

        await using var context = plane.Plane.Open();
        var users = await context.Users.Include(user => user.Groups).Where(user => user.Username == "newcomer").ToListAsync(Cancel);
        Assert.Equal(made, users.Count);
        Assert.All(users, user => Assert.Equal(("users/new", !inactive, "newcomers"), (user.Path, user.IsActive, user.Groups.Single().Name)));
    }

    [Fact]
    public async Task A_choice_that_a_prompt_does_not_offer_is_refused()
    {
        await using var plane = await StartAsync();
        var flow = await EnrolmentAsync(plane, new JsonObject { ["name"] = "write" });
        var stage = (await plane.Admin.GotAsync("stages/prompt/stages/?name=ask")).GetProperty("results")[0];
        var floor = await plane.Admin.SentAsync(
            HttpMethod.Post, "stages/prompt/prompts/", new { name = "floor", field_key = "attributes.floor", label = "Floor", type = "dropdown", placeholder = "first\nsecond", order = 2 }, 201);
        var born = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/prompts/", new { name = "born", field_key = "attributes.born", label = "Born", type = "date", order = 3 }, 201);
        await plane.Admin.SentAsync(
            HttpMethod.Patch, $"stages/prompt/stages/{stage.GetProperty("pk")}/",
            new { fields = stage.GetProperty("fields").EnumerateArray().Append(floor.GetProperty("pk")).Append(born.GetProperty("pk")).Select(id => id.GetGuid()) }, 200);
        using var browser = new Browser();

        var page = await browser.NavigateAsync(new Uri(plane.Address, $"if/flow/{flow}/"));
        Assert.Contains("<option value=\"second\"", page.Text, StringComparison.Ordinal);
        var form = HtmlForm.In(page)!;
        (form.Fields["username"], form.Fields["attributes.floor"], form.Fields["attributes.born"]) = ("newcomer", "roof", "yesterday");
        page = await browser.SubmitAsync(form.Action, form.Fields);
        Assert.Contains("is not a valid choice", page.Text, StringComparison.Ordinal);
        Assert.Contains("wrong format", page.Text, StringComparison.Ordinal);
        form = HtmlForm.In(page)!;
        (form.Fields["attributes.floor"], form.Fields["attributes.born"]) = ("second", "1980-01-31");
        await browser.SubmitAsync(form.Action, form.Fields);

        await using var context = plane.Plane.Open();
        var attributes = (await context.Users.SingleAsync(user => user.Username == "newcomer", Cancel)).Attributes;
        Assert.Equal(("second", "1980-01-31"), (attributes.GetProperty("floor").GetString(), attributes.GetProperty("born").GetString()));
    }

    [Fact]
    public async Task A_redirect_leads_on_and_what_was_to_follow_is_not_passed()
    {
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "away", "unenrollment");
        var redirect = await PutAsync(plane, flow, 0, "redirect", new { name = "off", mode = "static", target_static = "https://www.example.com/welcome?a=b" });
        await PutAsync(plane, flow, 1, "deny", new { name = "never reached" });
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = plane.Address };

        using var away = await client.GetAsync(new Uri("if/flow/away/", UriKind.Relative), Cancel);
        Assert.Equal("https://www.example.com/welcome?a=b", away.Headers.Location!.OriginalString);
        var asked = await plane.ClientOf(null).GotAsync("flows/executor/away/?query=");
        Assert.Equal(("xak-flow-redirect", "https://www.example.com/welcome?a=b"), (asked.GetProperty("component").GetString(), asked.GetProperty("to").GetString()));

        await plane.Admin.SentAsync(
            HttpMethod.Patch, $"stages/redirect/{redirect}/", new { mode = "flow", target_flow = await plane.FlowAsync("default-authentication-flow") }, 200);
        using var other = await client.GetAsync(new Uri("if/flow/away/?next=%2Fif%2Fuser%2F", UriKind.Relative), Cancel);
        Assert.Equal("/if/flow/default-authentication-flow/?next=%2Fif%2Fuser%2F", other.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_dummy_is_passed_by_its_own_button_only_and_fails_when_it_is_told_to()
    {
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "trial", "unenrollment");
        var dummy = await PutAsync(plane, flow, 0, "dummy", new { name = "first" });
        await PutAsync(plane, flow, 1, "deny", new { name = "end", deny_message = "That was all." });
        using var client = new HttpClient { BaseAddress = new Uri(plane.Address, "/api/v3/") };
        const string path = "flows/executor/trial/?query=";

        Assert.Equal("first", (await client.GotAsync(path)).GetProperty("name").GetString());
        Assert.Equal("ak-stage-dummy", (await client.SentAsync(HttpMethod.Post, path, new { }, 200)).GetProperty("component").GetString());
        Assert.Equal("That was all.", (await client.SentAsync(HttpMethod.Post, path, new { component = "ak-stage-dummy" }, 200)).GetProperty("error_message").GetString());
        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/dummy/{dummy}/", new { throw_error = true }, 200);
        Assert.Equal("ak-stage-flow-error", (await client.GotAsync(path)).GetProperty("component").GetString());
    }

    [Fact]
    public async Task An_account_is_deleted_by_its_own_person_after_a_yes()
    {
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "leave", "unenrollment");
        await PutAsync(plane, flow, 0, "user_delete", new { name = "gone" });
        using var browser = new Browser();
        var leave = new Uri(plane.Address, "if/flow/leave/");

        Assert.Contains("Sign in first", (await browser.NavigateAsync(leave)).Text, StringComparison.Ordinal);
        await browser.SignInAsync(await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/")), "ana", Password);
        var page = await browser.NavigateAsync(leave);
        Assert.Contains("ana", page.Text, StringComparison.Ordinal);
        page = await browser.FillAsync(page);
        Assert.Contains("Nothing was deleted", page.Text, StringComparison.Ordinal);
        await browser.FillAsync(page, ("confirm", "on"));

        await using var context = plane.Plane.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "ana", Cancel));
        Assert.Contains("uid_field", (await browser.NavigateAsync(new Uri(plane.Address, "if/user/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_administrator_cannot_leave()
    {
        await using var plane = await StartAsync();
        var flow = await FlowAsync(plane, "leave", "unenrollment");
        await PutAsync(plane, flow, 0, "user_delete", new { name = "gone" });
        using var browser = new Browser();
        await browser.SignInAsync(await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/")), "akadmin", "a long password");

        Assert.Contains("only administrator", (await browser.NavigateAsync(new Uri(plane.Address, "if/flow/leave/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flows_layout_and_picture_are_on_its_pages_and_the_policy_of_the_page_lets_them_in()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var plane = await StartAsync();
        const string picture = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
        await plane.Admin.SentAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { layout = "sidebar_left", background = picture }, 200);
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });

        await page.GotoAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/").AbsoluteUri);

        Assert.Equal(0, (await page.Locator("main").BoundingBoxAsync())!.X);
        Assert.Contains(picture, await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundImage"), StringComparison.Ordinal);
        await plane.Admin.SentAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { background = "https://evil.example/x\")} body{display:none" }, 200);
        await page.ReloadAsync();
        Assert.Equal("block", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('main')).display"));
        Assert.DoesNotContain("evil", await page.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<ApiPlane> StartAsync()
    {
        var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", new { username = "ana", name = "Ana", email = "ana@example.com" }, 201)).GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{ana}/set_password/", new { password = Password }, 204);
        return plane;
    }

    private static async Task<Guid> FlowAsync(ApiPlane plane, string slug, string designation) =>
        (await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/", new { name = slug, slug, title = slug, designation }, 201)).GetProperty("pk").GetGuid();

    private static async Task<Guid> PutAsync(ApiPlane plane, Guid target, int order, string path, object settings)
    {
        var stage = (await plane.Admin.SentAsync(HttpMethod.Post, $"stages/{path}/", settings, 201)).GetProperty("pk").GetGuid();
        await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order }, 201);
        return stage;
    }

    private static async Task<string> EnrolmentAsync(ApiPlane plane, JsonObject write)
    {
        var flow = await FlowAsync(plane, "join", "enrollment");
        var name = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/prompts/", new { name = "choose a name", field_key = "username", label = "Name", type = "username", order = 1 }, 201);
        await PutAsync(plane, flow, 0, "prompt/stages", new { name = "ask", fields = new[] { name.GetProperty("pk").GetGuid() } });
        await PutAsync(plane, flow, 1, "user_write", write);

        // Strangers make accounts only where an administrator leads them to it.
        await ChangeAsync(plane, "identification", "default-authentication-identification", new { enrollment_flow = flow });
        return "join";
    }

    private static async Task ChangeAsync(ApiPlane plane, string path, string name, object settings)
    {
        var id = (await plane.Admin.GotAsync($"stages/{path}/?name={name}")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/{path}/{id}/", settings, 200);
    }

    private static async Task<System.Text.Json.JsonElement> NameAsync(ApiPlane plane, string name)
    {
        using var client = new HttpClient { BaseAddress = new Uri(plane.Address, "/api/v3/") };
        await client.GotAsync("flows/executor/default-authentication-flow/?query=");
        return await client.SentAsync(HttpMethod.Post, "flows/executor/default-authentication-flow/?query=", new { component = "ak-stage-identification", uid_field = name }, 200);
    }

    /// <summary>The page after the name and the password, one form at a time.</summary>
    private static async Task<Page> ProveAsync(Browser browser, ApiPlane plane, string password)
    {
        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/"));
        return await browser.FillAsync(await browser.FillAsync(page, ("uid_field", "ana")), ("password", password));
    }

    private static async Task SignInAsync(IPage page, ApiPlane plane, string flow)
    {
        await page.GotoAsync(new Uri(plane.Address, $"if/flow/{flow}/").AbsoluteUri);
        await page.FillAsync("[name=uid_field]", "ana");
        await page.PressAsync("[name=uid_field]", "Enter");
        await page.FillAsync("[name=password]", Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(address => address.Contains("/if/user/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }
}
