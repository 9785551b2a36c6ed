using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Authenticators;

/// <summary>What the server accepts of a passkey, whatever a browser would have let through.</summary>
public sealed class PasskeyTests
{
    private const string Validate = "ak-stage-authenticator-validate";
    private const string SetUp = "api/v3/flows/executor/default-authenticator-webauthn-setup/?query=";
    private const string Passwordless = "api/v3/flows/executor/passwordless/?query=";
    private const string Address = "http://localhost:9000";

    public enum Fault
    {
        None,
        OtherOrigin,
        OtherRelyingParty,
        OtherChallenge,
        NotVerified,
        OtherUser,
        CounterBack,
        Disabled,
    }

    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.OtherOrigin)]
    [InlineData(Fault.OtherRelyingParty)]
    [InlineData(Fault.OtherChallenge)]
    [InlineData(Fault.NotVerified)]
    [InlineData(Fault.OtherUser)]
    [InlineData(Fault.CounterBack)]
    [InlineData(Fault.Disabled)]
    public async Task A_passkey_signs_in_by_itself_only_when_everything_fits(Fault fault)
    {
        await using var host = await StartAsync();
        using var key = new SoftAuthenticator { Origin = Address, Counter = 5 };
        Assert.Equal("xak-flow-redirect", (await RegisterAsync(host, key)).Component());
        var before = await host.CountSessionsAsync();
        using var client = new HttpClient();
        var options = await OptionsAsync(client, host, Passwordless);
        key.Counter = 6;
        switch (fault)
        {
            case Fault.OtherOrigin:
                key.Origin = "http://localhost:9001";
                break;
            case Fault.OtherRelyingParty:
                key.RelyingParty = "example.com";
                break;
            case Fault.OtherChallenge:
                using (var other = new HttpClient())
                {
                    options = await OptionsAsync(other, host, Passwordless);
                }

                break;
            case Fault.NotVerified:
                key.Verifies = false;
                break;
            case Fault.OtherUser:
                key.UserHandle = Guid.NewGuid().ToByteArray();
                break;
            case Fault.CounterBack:
                key.Counter = 5;
                break;
            case Fault.Disabled:
                await host.EditAsync(async context => (await context.Users.SingleAsync(user => user.Username == "ana")).IsActive = false);
                break;
        }

        var answer = await client.AnswerAsync(host.At(Passwordless), new { component = Validate, webauthn = key.Get(options) });

        Assert.Equal(fault == Fault.None ? "xak-flow-redirect" : Validate, answer.Component());
        Assert.Equal(fault == Fault.None ? before + 1 : before, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_signature_counts_once_also_for_passkeys_that_do_not_count()
    {
        await using var host = await StartAsync();
        using var key = new SoftAuthenticator { Origin = Address };
        await RegisterAsync(host, key);
        using var handler = new HttpClientHandler();
        using var client = new HttpClient(handler);
        var options = await OptionsAsync(client, host, Passwordless);
        var cookie = handler.CookieContainer.GetCookies(host.Address)["sidecar_flow"]!.Value;
        var signature = key.Get(options);
        Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(host.At(Passwordless), new { component = Validate, webauthn = signature })).Component());

        using var thief = new HttpClientHandler();
        thief.CookieContainer.Add(host.Address, new Cookie("sidecar_flow", cookie));
        using var again = new HttpClient(thief);
        Assert.Equal($"{options.GetProperty("challenge")}", $"{(await OptionsAsync(again, host, Passwordless)).GetProperty("challenge")}");

        Assert.NotNull((await again.AnswerAsync(host.At(Passwordless), new { component = Validate, webauthn = signature })).ErrorAt("webauthn"));
    }

    [Fact]
    public async Task As_a_second_factor_it_must_be_the_users_own_and_verify_where_the_stage_says_so()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("ben");
        using var key = new SoftAuthenticator { Origin = Address };
        using var bens = new SoftAuthenticator { Origin = Address };
        await RegisterAsync(host, key);
        await RegisterAsync(host, bens, "ben");
        using var client = new HttpClient();
        var asked = await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);
        var options = asked.GetProperty("device_challenges")[0].GetProperty("challenge");
        Assert.Equal(1, options.GetProperty("allowCredentials").GetArrayLength());

        Assert.NotNull((await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = bens.Get(options) })).ErrorAt("webauthn"));
        Assert.NotNull((await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = new { } })).ErrorAt("webauthn"));
        await host.EditAsync(context => Devices.SetValidationAsync(context, new { webauthn_user_verification = "required" }));
        key.Verifies = false;
        Assert.NotNull((await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = key.Get(options) })).ErrorAt("webauthn"));
        await host.EditAsync(context => Devices.SetValidationAsync(context, new { webauthn_user_verification = "discouraged" }));
        Assert.Equal("xak-flow-redirect", (await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = key.Get(options) })).Component());
    }

    [Fact]
    public async Task Wrong_signatures_are_limited_as_wrong_codes_are_and_count_with_them()
    {
        await using var host = await StartAsync();
        using var key = new SoftAuthenticator { Origin = Address };
        await RegisterAsync(host, key);
        using var client = new HttpClient();
        var asked = await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);
        var options = asked.GetProperty("device_challenges")[0].GetProperty("challenge");
        for (var i = 0; i < AttemptLimits.FreePerAccount; i++)
        {
            Assert.Contains("does not fit", (await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = new { } })).ErrorAt("webauthn"), StringComparison.Ordinal);
        }

        Assert.StartsWith("Too many attempts", (await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, webauthn = key.Get(options) })).ErrorAt("webauthn"), StringComparison.Ordinal);
        Assert.StartsWith("Too many attempts", (await client.AnswerAsync(host.At(FlowHost.Executor), new { component = Validate, code = "123456" })).ErrorAt("code"), StringComparison.Ordinal);
        await using var context = host.Open();
        Assert.Equal(AttemptLimits.FreePerAccount, await context.AuditEvents.CountAsync(audit => audit.Action == AuditEvent.FailedSignIn && audit.Username == "ana", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_address_that_sends_wrong_signatures_must_wait_also_where_nobody_was_named()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient();
        await OptionsAsync(client, host, Passwordless);
        for (var i = 0; i < AttemptLimits.FreePerAddress; i++)
        {
            await client.AnswerAsync(host.At(Passwordless), new { component = Validate, webauthn = new { } });
        }

        Assert.StartsWith("Too many attempts", (await client.AnswerAsync(host.At(Passwordless), new { component = Validate, webauthn = new { } })).ErrorAt("webauthn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_set_up_only_for_this_server_and_only_as_the_stage_asks()
    {
        await using var host = await StartAsync();
        using var elsewhere = new SoftAuthenticator { Origin = "https://evil.example" };
        Assert.NotNull((await RegisterAsync(host, elsewhere)).ErrorAt("response"));
        await host.EditAsync(async context => (await context.Stages.SingleAsync(stage => stage.Kind == StageKind.AuthenticatorWebAuthn)).Settings =
            JsonSerializer.SerializeToElement(new { user_verification = "required" }));
        using var unverified = new SoftAuthenticator { Origin = Address, Verifies = false };
        Assert.NotNull((await RegisterAsync(host, unverified)).ErrorAt("response"));
        using var key = new SoftAuthenticator { Origin = Address };
        Assert.Equal("xak-flow-redirect", (await RegisterAsync(host, key)).Component());

        // A key that somebody has already is nobody else's.
        await host.AddUserAsync("ben");
        Assert.NotNull((await RegisterAsync(host, key, "ben")).ErrorAt("response"));
    }

    private static async Task<FlowHost> StartAsync()
    {
        var host = await FlowHost.StartAsync(("AUTHENTIK_HOST", Address), ("AUTHENTIK_BOOTSTRAP_PASSWORD", FlowHost.AdministratorPassword));
        await host.AddUserAsync("ana");
        await host.EditAsync(Devices.AddPasswordlessFlowAsync);
        return host;
    }

    private static async Task<JsonElement> RegisterAsync(FlowHost host, SoftAuthenticator key, string name = "ana")
    {
        using var client = new HttpClient();
        Assert.Equal("xak-flow-redirect", (await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, name, FlowHost.Password)).Component());
        var asked = await client.GetFromJsonAsync<JsonElement>(host.At(SetUp), TestContext.Current.CancellationToken);
        return await client.AnswerAsync(host.At(SetUp), new { component = "ak-stage-authenticator-webauthn", response = key.Create(asked.GetProperty("registration")) });
    }

    private static async Task<JsonElement> OptionsAsync(HttpClient client, FlowHost host, string path)
    {
        var asked = await client.GetFromJsonAsync<JsonElement>(host.At(path), TestContext.Current.CancellationToken);
        Assert.Equal(Validate, asked.Component());
        return Assert.Single(asked.GetProperty("device_challenges").EnumerateArray()).GetProperty("challenge");
    }
}
