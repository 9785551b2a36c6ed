using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Authenticators;

public sealed class SecondFactorTests
{
    private const string Validate = "ak-stage-authenticator-validate";

    [Fact]
    public async Task Whoever_has_an_authenticator_app_is_asked_for_its_code_after_the_password_and_the_session_says_so()
    {
        await using var host = await FlowHost.StartAsync();
        var ana = await host.AddUserAsync("ana");
        var key = await Devices.AddTotpAsync(host.Services, ana);
        using var client = new HttpClient();

        var asked = await SignInAsync(client, host);
        Assert.Equal(Validate, asked.Component());
        Assert.Equal("totp", Assert.Single(asked.GetProperty("device_challenges").EnumerateArray()).GetProperty("device_class").GetString());
        Assert.Equal(0, await host.CountSessionsAsync());
        var end = await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = Devices.CodeOf(key) });

        Assert.Equal("xak-flow-redirect", end.Component());
        await using var context = host.Open();
        Assert.Equal("pwd otp mfa", (await context.Sessions.SingleAsync(TestContext.Current.CancellationToken)).Methods);
        Assert.NotNull((await context.AuthenticatorDevices.SingleAsync(TestContext.Current.CancellationToken)).LastUsedAt);
        Assert.True(await context.AuditEvents.AnyAsync(audit => audit.Action == AuthenticatorAudit.UsedAction && audit.ModelName == "totpdevice" && audit.UserId == ana, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_has_none_signs_in_without_one()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        Assert.Equal("xak-flow-redirect", (await SignInAsync(client, host)).Component());
    }

    [Fact]
    public async Task A_code_and_a_recovery_code_are_good_once()
    {
        await using var host = await FlowHost.StartAsync();
        var ana = await host.AddUserAsync("ana");
        var key = await Devices.AddTotpAsync(host.Services, ana);
        await Devices.AddRecoveryCodesAsync(host.Services, ana, "abcd2345wxyz", "zyxw5432dcba");
        var code = Devices.CodeOf(key);

        Assert.Equal("xak-flow-redirect", (await SignInAsync(host, code)).Component());
        Assert.NotNull((await SignInAsync(host, code)).ErrorAt("code"));
        Assert.Equal("xak-flow-redirect", (await SignInAsync(host, "ABCD-2345-WXYZ")).Component());
        Assert.NotNull((await SignInAsync(host, "abcd2345wxyz")).ErrorAt("code"));
        Assert.Equal("xak-flow-redirect", (await SignInAsync(host, "zyxw5432dcba")).Component());

        // A second factor does not end by being used up.
        Assert.Equal(Validate, (await SignInAsync(host, "zyxw5432dcba")).Component());
        await using var context = host.Open();
        Assert.Empty(await context.Set<StaticToken>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_empty_an_early_and_a_replayed_answer_sign_nobody_in()
    {
        await using var host = await FlowHost.StartAsync();
        var key = await Devices.AddTotpAsync(host.Services, await host.AddUserAsync("ana"));
        using var client = new HttpClient();
        var executor = host.At(FlowHost.Executor);

        await client.GetStringAsync(executor, TestContext.Current.CancellationToken);
        Assert.Equal("ak-stage-identification", (await client.AnswerAsync(executor, new { component = Validate, code = Devices.CodeOf(key) })).Component());
        await SignInAsync(client, host);
        Assert.Equal("This field is required.", (await client.AnswerAsync(executor, new { })).ErrorAt("code"));
        Assert.Equal("This field is required.", (await client.AnswerAsync(executor, new { component = Validate })).ErrorAt("code"));
        Assert.Equal("This field is required.", (await client.AnswerAsync(executor, new { component = Validate, selected_stage = Guid.Empty })).ErrorAt("code"));
        Assert.Equal(Validate, (await client.AnswerAsync(executor, new { component = "ak-stage-password", password = FlowHost.Password })).Component());
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Guesses_are_limited_and_the_right_password_does_not_clear_their_count()
    {
        await using var host = await FlowHost.StartAsync();
        var key = await Devices.AddTotpAsync(host.Services, await host.AddUserAsync("ana"));
        for (var i = 0; i < AttemptLimits.FreePerAccount; i++)
        {
            await SignInAsync(host, "wrong");
        }

        Assert.StartsWith("Too many attempts", (await SignInAsync(host, Devices.CodeOf(key))).ErrorAt("code"), StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_user_who_is_disabled_after_the_password_does_not_come_in_with_a_code()
    {
        await using var host = await FlowHost.StartAsync();
        var key = await Devices.AddTotpAsync(host.Services, await host.AddUserAsync("ana"));
        using var client = new HttpClient();
        await SignInAsync(client, host);
        await host.EditAsync(async context => (await context.Users.SingleAsync(user => user.Username == "ana")).IsActive = false);

        var answer = await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = Devices.CodeOf(key) });

        Assert.NotEqual("xak-flow-redirect", answer.Component());
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Before_the_password_the_page_is_the_same_whoever_is_named()
    {
        await using var host = await FlowHost.StartAsync();
        await Devices.AddTotpAsync(host.Services, await host.AddUserAsync("ana"));
        await host.AddUserAsync("ben");
        await host.EditAsync(async context =>
            (await context.FlowStageBindings.SingleAsync(binding => binding.Stage!.Name == "default-authentication-mfa-validation" && binding.Flow!.Slug == "default-authentication-flow")).Order = 15);

        var shown = new List<string>();
        foreach (var name in new[] { "ana", "ben", "cid" })
        {
            using var client = new HttpClient();
            await client.GetStringAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);
            var asked = await client.AnswerAsync(host.At(FlowHost.Executor), new { uid_field = name });
            var refused = await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = "000000" });
            shown.Add($"{asked}{refused}".Replace($"\"{name}\"", "\"…\"", StringComparison.Ordinal));
        }

        Assert.Contains(Validate, shown[0], StringComparison.Ordinal);
        Assert.Single(shown.Distinct());
    }

    [Fact]
    public async Task A_code_without_a_password_signs_nobody_in()
    {
        await using var host = await FlowHost.StartAsync();
        var key = await Devices.AddTotpAsync(host.Services, await host.AddUserAsync("ana"));
        await host.EditAsync(async context =>
            context.Remove(await context.FlowStageBindings.SingleAsync(binding => binding.Stage!.Name == "default-authentication-password")));
        using var client = new HttpClient();
        await client.GetStringAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);
        await client.AnswerAsync(host.At(FlowHost.Executor), new { uid_field = "ana" });

        var end = await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = Devices.CodeOf(key) });

        Assert.Equal("ak-stage-access-denied", end.Component());
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task Where_one_is_demanded_whoever_has_none_is_turned_away()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(context => Devices.SetValidationAsync(context, new { not_configured_action = "deny" }));
        using var client = new HttpClient();

        Assert.Equal("ak-stage-access-denied", (await SignInAsync(client, host)).Component());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_it_is_set_up_at_the_sign_in_the_session_begins_only_with_the_confirmed_device(bool chosen)
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context =>
        {
            var totp = await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorTotp);
            var sheet = await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorStatic);
            await Devices.SetValidationAsync(context, new { not_configured_action = "configure", configuration_stages = chosen ? new[] { totp.Id, sheet.Id } : [totp.Id] });
        });
        using var client = new HttpClient();
        var executor = host.At(FlowHost.Executor);

        var asked = await SignInAsync(client, host);
        if (chosen)
        {
            Assert.Equal(Validate, asked.Component());
            Assert.Equal(["Authenticator app", "Recovery codes"], asked.GetProperty("configuration_stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
            Assert.NotNull((await client.AnswerAsync(executor, new { })).ErrorAt("selected_stage"));
            Assert.NotNull((await client.AnswerAsync(executor, new { selected_stage = Guid.NewGuid() })).ErrorAt("selected_stage"));
            asked = await client.AnswerAsync(executor, new { component = Validate, selected_stage = asked.GetProperty("configuration_stages")[0].GetProperty("pk").GetString() });
        }

        Assert.Equal("ak-stage-authenticator-totp", asked.Component());
        Assert.Equal(0, await host.CountSessionsAsync());
        Assert.NotNull((await client.AnswerAsync(executor, new { component = "ak-stage-authenticator-totp", code = "wrong" })).ErrorAt("code"));
        Assert.NotNull((await client.AnswerAsync(executor, new { })).ErrorAt("code"));
        var end = await client.AnswerAsync(executor, new { component = "ak-stage-authenticator-totp", code = Devices.CodeOf(KeyIn(asked)) });

        Assert.Equal("xak-flow-redirect", end.Component());
        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_set_up_that_an_administrator_deletes_meanwhile_ends_and_the_validation_decides_anew()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        Guid totp = default, sheet = default;
        await host.EditAsync(async context =>
        {
            totp = (await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorTotp)).Id;
            sheet = (await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorStatic)).Id;
            await Devices.SetValidationAsync(context, new { not_configured_action = "configure", configuration_stages = new[] { totp, sheet } });
        });
        using var client = new HttpClient();
        var executor = host.At(FlowHost.Executor);
        await SignInAsync(client, host);
        var asked = await client.AnswerAsync(executor, new { component = Validate, selected_stage = totp });
        Assert.Equal("ak-stage-authenticator-totp", asked.Component());

        await host.EditAsync(async context =>
        {
            context.Remove(await context.FlowStageBindings.SingleAsync(binding => binding.StageId == totp));
            context.Remove(await context.Stages.SingleAsync(stage => stage.Id == totp));
            await Devices.SetValidationAsync(context, new { not_configured_action = "configure", configuration_stages = new[] { sheet } });
        });
        var answer = await client.AnswerAsync(executor, new { component = "ak-stage-authenticator-totp", code = Devices.CodeOf(KeyIn(asked)) });

        // What the deleted stage had made counts nowhere: the one that is left asks from its beginning.
        Assert.Equal("ak-stage-authenticator-static", answer.Component());
        Assert.Equal(0, await host.CountSessionsAsync());
        Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(executor, new { component = "ak-stage-authenticator-static" })).Component());
        await using var context = host.Open();
        Assert.Equal("static", (await context.AuthenticatorDevices.SingleAsync(TestContext.Current.CancellationToken)).Class);
    }

    [Fact]
    public async Task A_browser_that_used_a_device_lately_is_not_asked_again_and_another_browser_is()
    {
        await using var host = await FlowHost.StartAsync();
        var ana = await host.AddUserAsync("ana");
        var key = await Devices.AddTotpAsync(host.Services, ana);
        await host.EditAsync(context => Devices.SetValidationAsync(context, new { last_auth_threshold = "hours=1" }));
        using var handler = new HttpClientHandler();
        using var client = new HttpClient(handler);
        await SignInAsync(client, host);
        await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = Devices.CodeOf(key) });
        handler.CookieContainer.GetCookies(host.Address)["authentik_session"]!.Expired = true;

        Assert.Equal("xak-flow-redirect", (await SignInAsync(client, host)).Component());
        Assert.Equal(Validate, (await SignInAsync(host, "wrong")).Component());

        // Nor does the cookie outlive its device.
        await host.EditAsync(async context => context.RemoveRange(await context.AuthenticatorDevices.ToListAsync()));
        await Devices.AddTotpAsync(host.Services, ana);
        handler.CookieContainer.GetCookies(host.Address)["authentik_session"]!.Expired = true;
        Assert.Equal(Validate, (await SignInAsync(client, host)).Component());
    }

    public static byte[] KeyIn(JsonElement challenge)
    {
        var secret = challenge.GetProperty("config_url").GetString()!.Split("secret=")[1].Split('&')[0];
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(secret.Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
    }

    private static Task<JsonElement> SignInAsync(HttpClient client, FlowHost host) =>
        ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);

    private static async Task<JsonElement> SignInAsync(FlowHost host, string code)
    {
        using var client = new HttpClient();
        Assert.Equal(Validate, (await SignInAsync(client, host)).Component());
        return await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code });
    }
}
