using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Authenticators;

public sealed class EnrolmentTests
{
    private const string TotpSetup = "api/v3/flows/executor/default-authenticator-totp-setup/?query=";
    private const string StaticSetup = "api/v3/flows/executor/default-authenticator-static-setup/?query=";

    [Fact]
    public async Task An_authenticator_app_is_added_by_a_code_of_it_and_that_code_is_used_up()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = await SignedInAsync(host);

        var asked = await GetAsync(client, host, TotpSetup);
        Assert.Equal(asked.GetProperty("config_url").GetString(), (await GetAsync(client, host, TotpSetup)).GetProperty("config_url").GetString());
        var key = SecondFactorTests.KeyIn(asked);
        Assert.NotNull((await client.AnswerAsync(host.At(TotpSetup), new { component = "ak-stage-authenticator-totp", code = Devices.CodeOf(new byte[20]) })).ErrorAt("code"));
        var code = Devices.CodeOf(key);
        Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(host.At(TotpSetup), new { component = "ak-stage-authenticator-totp", code })).Component());

        await using var context = host.Open();
        var device = await context.Set<TotpDevice>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Convert.ToHexString(key), Convert.ToHexString(device.KeyWrapped), StringComparison.Ordinal);
        Assert.True(await context.AuditEvents.AnyAsync(audit => audit.Action == "model_created" && audit.ModelName == "totpdevice" && audit.ModelPk == $"{device.Id}" && audit.UserId == device.UserId, TestContext.Current.CancellationToken));
        using var other = new HttpClient();
        await ExecutorSignIn.SignInByExecutorAsync(other, host.Address, "ana", FlowHost.Password);
        Assert.NotNull((await other.AnswerAsync(host.At(FlowHost.Executor), new { component = "ak-stage-authenticator-validate", code })).ErrorAt("code"));
        Assert.NotEqual(key, SecondFactorTests.KeyIn(await GetAsync(client, host, TotpSetup)));
    }

    [Fact]
    public async Task Recovery_codes_are_stored_as_hashes_once_they_are_confirmed_and_take_the_place_of_older_ones()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = await SignedInAsync(host);
        var first = await ConfirmAsync(client, host);
        var second = await ConfirmAsync(client, host);

        Assert.Equal(6, second.Length);
        Assert.All(second, code => Assert.Equal(12, code.Length));
        Assert.Empty(first.Intersect(second));
        await using var context = host.Open();
        Assert.Equal(6, (await context.Set<StaticDevice>().Include(device => device.Tokens).SingleAsync(TestContext.Current.CancellationToken)).Tokens.Count);
        Assert.DoesNotContain(second[0], $"{JsonSerializer.Serialize(await context.FlowRuns.Select(run => run.Context).ToListAsync(TestContext.Current.CancellationToken))}", StringComparison.Ordinal);
        Assert.Equal("xak-flow-redirect", (await SignInAsync(host, second[3])).Component());
        Assert.NotNull((await SignInAsync(host, first[3])).ErrorAt("code"));
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_comes_to_a_set_up()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        foreach (var path in new[] { TotpSetup, StaticSetup })
        {
            Assert.Equal("xak-flow-redirect", (await GetAsync(client, host, path)).Component());
            Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(host.At(path), new { component = "ak-stage-authenticator-static" })).Component());
        }

        await using var context = host.Open();
        Assert.Empty(await context.AuthenticatorDevices.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_only_typed_a_name_adds_no_device_to_that_account()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context =>
        {
            var flow = await context.Flows.SingleAsync(flow => flow.Slug == "default-authentication-flow");
            var stage = await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorTotp);
            context.FlowStageBindings.Add(new FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 12 });
        });
        using var client = new HttpClient();
        await client.GetStringAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);

        Assert.Equal("ak-stage-access-denied", (await client.AnswerAsync(host.At(FlowHost.Executor), new { uid_field = "ana" })).Component());
    }

    [Fact]
    public async Task The_set_up_by_page_shows_a_QR_code_without_a_script_and_the_key_as_text()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);

        var page = await browser.NavigateAsync(host.At("if/flow/default-authenticator-totp-setup/"));

        Assert.Contains("<svg class=\"qr\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        var secret = page.Text.Split("<p class=\"key\"><code>")[1].Split('<')[0].Replace(" ", "", StringComparison.Ordinal);
        var challenge = JsonSerializer.SerializeToElement(new { config_url = $"?secret={secret}&" });
        var end = await browser.FillAsync(page, ("code", Devices.CodeOf(SecondFactorTests.KeyIn(challenge))));
        Assert.Equal("/if/user/", end.Address.AbsolutePath);
    }

    private static async Task<string[]> ConfirmAsync(HttpClient client, FlowHost host)
    {
        var asked = await GetAsync(client, host, StaticSetup);
        Assert.Equal("ak-stage-authenticator-static", (await client.AnswerAsync(host.At(StaticSetup), new { })).Component());
        Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(host.At(StaticSetup), new { component = "ak-stage-authenticator-static" })).Component());
        return [.. asked.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)];
    }

    private static async Task<HttpClient> SignedInAsync(FlowHost host)
    {
        var client = new HttpClient();
        await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);
        return client;
    }

    private static async Task<JsonElement> SignInAsync(FlowHost host, string code)
    {
        using var client = new HttpClient();
        await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);
        return await client.AnswerAsync(host.At(FlowHost.Executor), new { component = "ak-stage-authenticator-validate", code });
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, FlowHost host, string path) =>
        await client.GetFromJsonAsync<JsonElement>(host.At(path), TestContext.Current.CancellationToken);
}
