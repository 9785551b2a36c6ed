using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Chromium;

namespace Sidecar.ControlPlane.Tests.Policies;

/// <summary>What policies that are bound by the API make of a browser's way through flows.</summary>
public sealed class PoliciesInFlowsTests(PostgresFixture postgres)
{
    private const string Password = "a long enough passphrase";
    private const string Weak = "password";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_user_s_text_Local_Password_Policy_done_step_by_step_refuses_a_weak_password_in_Chromium()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var plane = await StartAsync();

        // Customisation > Policies > Create > Password Policy; then Stages > default-password-change-prompt > Edit > Validation Policies.
        var policy = await plane.Admin.SentAsync(
            HttpMethod.Post, "policies/password/", new { name = "Password Policy", length_min = 12, amount_digits = 1, error_message = "Use 12 characters and a digit." }, 201);
        await ValidateAsync(plane, policy);
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await SignInAsync(page, plane);
        await page.GetByText("Change Password").ClickAsync();

        await ChooseAsync(page, "long words only");
        Assert.Contains("Use 12 characters and a digit.", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await PhotographAsync(page);

        await ChooseAsync(page, "long words and 1 digit");
        await page.WaitForURLAsync(address => !address.Contains("default-password-change", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task By_default_a_new_password_has_fifteen_characters_and_is_not_easy_to_guess(DatabaseKind kind)
    {
        await using var plane = await StartAsync(kind);
        using var browser = await SignedInAsync(plane, Password);

        Assert.Contains("Use at least 15 characters; this has 14.", (await ChangeAsync(browser, plane, "zygomorphic qu")).Text, StringComparison.Ordinal);
        Assert.Contains("easy to guess", (await ChangeAsync(browser, plane, "password1234567890")).Text, StringComparison.Ordinal);
        await ChangeAsync(browser, plane, "another long passphrase");
        using var again = await SignedInAsync(plane, "another long passphrase");
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_password_is_not_used_again_while_the_policy_remembers_it_and_no_more_are_kept(DatabaseKind kind)
    {
        await using var plane = await StartAsync(kind);
        await ValidateAsync(plane, await plane.Admin.SentAsync(HttpMethod.Post, "policies/unique_password/", new { name = "new", num_historical_passwords = 2 }, 201));
        using var browser = await SignedInAsync(plane, Password);

        Assert.Contains("used this password before", (await ChangeAsync(browser, plane, Password)).Text, StringComparison.Ordinal);
        await ChangeAsync(browser, plane, "the second passphrase");
        Assert.Contains("used this password before", (await ChangeAsync(browser, plane, Password)).Text, StringComparison.Ordinal);
        await ChangeAsync(browser, plane, "the third passphrase");
        await ChangeAsync(browser, plane, "the fourth passphrase");

        await using var context = plane.Plane.Open();
        Assert.Equal(2, await context.FormerPasswords.CountAsync(Cancel));
        await ChangeAsync(browser, plane, Password);
        using var again = await SignedInAsync(plane, Password);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_expired_password_is_changed_at_the_next_sign_in_and_not_at_the_one_after(DatabaseKind kind)
    {
        await using var plane = await StartAsync(kind);
        var policy = await plane.Admin.SentAsync(HttpMethod.Post, "policies/password_expiry/", new { name = "90 days", days = 90 }, 201);
        var target = await plane.FlowAsync("default-authentication-flow");
        foreach (var (path, name, order) in new[] { ("prompt/stages", "default-password-change-prompt", 40), ("user_write", "default-password-change-write", 41) })
        {
            var stage = await StageAsync(plane, path, name);
            var place = await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order }, 201);
            await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target = place.GetProperty("pk").GetGuid(), policy = policy.GetProperty("pk").GetGuid(), negate = true, order = 0 }, 201);
        }

        using (await SignedInAsync(plane, Password))
        {
        }

        await using (var context = plane.Plane.Open())
        {
            (await context.Users.SingleAsync(user => user.Username == "ana", Cancel)).PasswordChangedAt = Samples.Now.AddDays(-91);
            await context.SaveChangesAsync(Cancel);
        }

        using var browser = new Browser();
        var asked = await ProveAsync(browser, plane, "ana", Password);
        Assert.Contains("name=\"password_repeat\"", asked.Text, StringComparison.Ordinal);
        Assert.Null(browser.CookieOf(plane.Address, "authentik_session"));
        asked = await browser.FillAsync(asked, ("password", Weak), ("password_repeat", Weak));
        Assert.Contains("Use at least 15 characters", asked.Text, StringComparison.Ordinal);
        await browser.FillAsync(asked, ("password", "another long passphrase"), ("password_repeat", "another long passphrase"));
        Assert.NotNull(browser.CookieOf(plane.Address, "authentik_session"));
        using var next = await SignedInAsync(plane, "another long passphrase");
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_bad_reputation_shows_a_stage_for_every_spelling_of_the_name_and_for_names_that_lead_nowhere(DatabaseKind kind)
    {
        await using var plane = await StartAsync(kind);
        var policy = await plane.Admin.SentAsync(HttpMethod.Post, "policies/reputation/", new { name = "bad", check_ip = false, threshold = -2 }, 201);
        await ShowAsync(plane, policy, "Somebody guesses passwords of this account.");
        foreach (var name in (string[])["ana", "ANA", "nobody", "NOBODY"])
        {
            using var browser = new Browser();
            await ProveAsync(browser, plane, name, "wrong");
        }

        foreach (var (name, shown) in new[] { ("Ana", true), ("ANA@example.com", true), (" NoBody ", true), ("somebody else", false) })
        {
            using var browser = new Browser();
            var page = await browser.FillAsync(await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/")), ("uid_field", name));
            Assert.True(shown == page.Text.Contains("Somebody guesses", StringComparison.Ordinal), $"{name}: {page}");
        }

        var scores = await plane.Admin.GotAsync("policies/reputation/scores/?ordering=score");
        Assert.Equal(["-2", "-2"], scores.Texts("score"));
        Assert.Equal(["-2"], (await plane.Admin.GotAsync("policies/reputation/scores/?identifier=ana")).Texts("score"));
        var ana = (await plane.Admin.GotAsync("core/users/?username=ana")).GetProperty("results")[0].GetProperty("pk").GetInt32();
        Assert.True((await TestedAsync(plane, policy, ana)).GetProperty("passing").GetBoolean());
        var row = (await plane.Admin.GotAsync("policies/reputation/scores/?search=ana")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await plane.Admin.GotAsync($"policies/reputation/scores/{row}/");
        await plane.Admin.SentAsync(HttpMethod.Delete, $"policies/reputation/scores/{row}/", null, 204);
        Assert.False((await TestedAsync(plane, policy, ana)).GetProperty("passing").GetBoolean());
    }

    [Theory]
    [InlineData("Ana")]
    [InlineData(" ana ")]
    [InlineData("ANA@EXAMPLE.COM")]
    public async Task No_spelling_of_a_name_escapes_the_lockout(string spelling)
    {
        await using var plane = await StartAsync();
        for (var i = 0; i < ControlPlane.Attempts.AttemptLimits.FreePerAccount; i++)
        {
            using var guesser = new Browser();
            await ProveAsync(guesser, plane, i % 2 == 0 ? "ana" : "ana@example.com", "wrong");
        }

        using var browser = new Browser();
        Assert.Contains("Too many attempts", (await ProveAsync(browser, plane, spelling, Password)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public async Task A_policy_at_a_flow_keeps_out_whom_it_does_not_pass_and_negate_turns_it_round(bool result, bool negate, bool refused)
    {
        await using var plane = await StartAsync();
        await BindAsync(plane, new { name = "dummy", result, wait_min = 0, wait_max = 0 }, new { negate, enabled = true });
        using var browser = await SignedInAsync(plane, Password);

        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-password-change/"));

        Assert.Equal(refused, page.Text.Contains("You may not use this page.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_that_is_too_slow_has_its_binding_s_failure_result(bool failure)
    {
        await using var plane = await StartAsync();
        await BindAsync(plane, new { name = "dummy", result = !failure, wait_min = 300, wait_max = 300 }, new { timeout = 1, failure_result = failure, negate = true });
        using var browser = await SignedInAsync(plane, Password);

        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-password-change/"));

        Assert.Equal(failure, !page.Text.Contains("You may not use this page.", StringComparison.Ordinal));
    }

    private static async Task BindAsync(ApiPlane plane, object dummy, object settings)
    {
        var policy = (await plane.Admin.SentAsync(HttpMethod.Post, "policies/dummy/", dummy, 201)).GetProperty("pk").GetGuid();
        var binding = JsonSerializer.SerializeToNode(settings)!.AsObject();
        (binding["target"], binding["policy"], binding["order"]) = (await plane.FlowAsync("default-password-change"), policy, 0);
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", binding, 201);
    }

    /// <summary>Between the name and the password, when the policy passes.</summary>
    private static async Task ShowAsync(ApiPlane plane, JsonElement policy, string text)
    {
        var prompt = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/prompts/", new { name = "told", field_key = "told", label = "Careful", type = "static", initial_value = text, required = false }, 201);
        var stage = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/stages/", new { name = "careful", fields = new[] { prompt.GetProperty("pk").GetGuid() } }, 201);
        var target = await plane.FlowAsync("default-authentication-flow");
        var place = await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage = stage.GetProperty("pk").GetGuid(), order = 15 }, 201);
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target = place.GetProperty("pk").GetGuid(), policy = policy.GetProperty("pk").GetGuid(), order = 0 }, 201);
    }

    private static Task<JsonElement> TestedAsync(ApiPlane plane, JsonElement policy, int user) =>
        plane.Admin.SentAsync(HttpMethod.Post, $"policies/all/{policy.GetProperty("pk")}/test/", new { user }, 200);

    private static async Task<Guid> StageAsync(ApiPlane plane, string path, string name) =>
        (await plane.Admin.GotAsync($"stages/{path}/?name={name}")).GetProperty("results")[0].GetProperty("pk").GetGuid();

    private static async Task ValidateAsync(ApiPlane plane, JsonElement policy) => await plane.Admin.SentAsync(
        HttpMethod.Patch, $"stages/prompt/stages/{await StageAsync(plane, "prompt/stages", "default-password-change-prompt")}/",
        new { validation_policies = new[] { policy.GetProperty("pk").GetGuid() } }, 200);

    private async Task<ApiPlane> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var plane = await ApiPlane.StartAsync(postgres, kind);
        var ana = (await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", new { username = "ana", name = "Ana", email = "ana@example.com" }, 201)).GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{ana}/set_password/", new { password = Password }, 204);
        return plane;
    }

    private static async Task<Page> ProveAsync(Browser browser, ApiPlane plane, string name, string password)
    {
        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/"));
        return await browser.FillAsync(await browser.FillAsync(page, ("uid_field", name)), ("password", password));
    }

    private static async Task<Browser> SignedInAsync(ApiPlane plane, string password)
    {
        var browser = new Browser();
        await ProveAsync(browser, plane, "ana", password);
        Assert.NotNull(browser.CookieOf(plane.Address, "authentik_session"));
        return browser;
    }

    private static async Task<Page> ChangeAsync(Browser browser, ApiPlane plane, string password) =>
        await browser.FillAsync(await browser.NavigateAsync(new Uri(plane.Address, "if/flow/default-password-change/")), ("password", password), ("password_repeat", password));

    private static async Task ChooseAsync(IPage page, string password)
    {
        await page.FillAsync("[name=password]", password);
        await page.FillAsync("[name=password_repeat]", password);
        await page.ClickAsync("button[type=submit]");
    }

    private static async Task SignInAsync(IPage page, ApiPlane plane)
    {
        await page.GotoAsync(new Uri(plane.Address, "if/flow/default-authentication-flow/").AbsoluteUri);
        await page.FillAsync("[name=uid_field]", "ana");
        await page.PressAsync("[name=uid_field]", "Enter");
        await page.FillAsync("[name=password]", Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(address => address.Contains("/if/user/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>For people to look at, where the environment says a folder.</summary>
    private static async Task PhotographAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("SIDECAR_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"policy-{width}-{scheme}.png"), FullPage = true });
        }
    }
}
