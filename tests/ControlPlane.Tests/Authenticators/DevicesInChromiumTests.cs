using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Chromium;
using Sidecar.TestKit.Processes;

namespace Sidecar.ControlPlane.Tests.Authenticators;

[Trait("Kind", "Slow")]
public sealed class DevicesInChromiumTests
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_by_the_key_on_the_page_and_signs_in()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var host = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await SignInAsync(page, host);
        await AtAsync(page, "/if/user/");

        await page.GotoAsync(At(host, "if/user/devices/"));
        await page.ClickAsync("text=Authenticator app");
        var secret = (await page.InnerTextAsync(".key")).Replace(" ", "", StringComparison.Ordinal);
        Assert.True(await page.Locator("svg.qr path").CountAsync() == 1);
        var key = SecondFactorTests.KeyIn(JsonSerializer.SerializeToElement(new { config_url = $"?secret={secret}&" }));
        await page.FillAsync("[name=code]", Devices.CodeOf(key));
        await page.PressAsync("[name=code]", "Enter");
        await AtAsync(page, "/if/user/devices/");
        Assert.Contains("Not used yet", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.ClickAsync("text=Recovery codes");
        await page.ClickAsync("button[type=submit]");
        await AtAsync(page, "/if/user/devices/");

        var other = await chromium.OpenAsync();
        await SignInAsync(other, host);
        await other.FillAsync("[name=code]", Devices.CodeOf(key, ahead: 1));
        await other.PressAsync("[name=code]", "Enter");
        await AtAsync(other, "/if/user/");
    }

    [Fact]
    public async Task A_passkey_is_set_up_signs_in_as_second_factor_and_without_a_name()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var host = await StartAsync();
        await host.EditAsync(Devices.AddPasswordlessFlowAsync);
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await AddAuthenticatorAsync(page);
        await SignInAsync(page, host);
        await AtAsync(page, "/if/user/");
        await page.GotoAsync(At(host, "if/user/devices/"));
        await page.ClickAsync("text=Passkey or security key");
        await page.ClickAsync("button:has-text(\"Set up\")");
        await AtAsync(page, "/if/user/devices/");
        await using (var context = host.Open())
        {
            Assert.NotEmpty((await context.Set<WebAuthnDevice>().SingleAsync(TestContext.Current.CancellationToken)).PublicKey);
        }

        await page.Context.ClearCookiesAsync();
        await SignInAsync(page, host);
        Assert.Equal(0, await page.Locator("[name=code]").CountAsync());
        await page.ClickAsync("text=Use a passkey");
        await AtAsync(page, "/if/user/");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(At(host, "if/flow/passwordless/"));
        await page.ClickAsync("text=Use a passkey");
        await AtAsync(page, "/if/user/");
        Assert.Contains("ana", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await using var after = host.Open();
        Assert.Contains("pop mfa", await after.Sessions.OrderByDescending(session => session.CreatedAt).Select(session => session.Methods).FirstAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    // Passkeys want a name, not an address; the server must know under which it is found.
    private static async Task<FlowHost> StartAsync()
    {
        var port = FreePort.Next();
        var host = await FlowHost.StartAsync(("AUTHENTIK_LISTEN__HTTP", $"127.0.0.1:{port}"), ("AUTHENTIK_HOST", $"http://localhost:{port}"), ("AUTHENTIK_BOOTSTRAP_PASSWORD", FlowHost.AdministratorPassword));
        await host.AddUserAsync("ana");
        return host;
    }

    private static async Task SignInAsync(IPage page, FlowHost host)
    {
        await page.GotoAsync(At(host, FlowHost.SignInFlow));
        await page.FillAsync("[name=uid_field]", "ana");
        await page.PressAsync("[name=uid_field]", "Enter");
        await page.FillAsync("[name=password]", FlowHost.Password);
        await page.PressAsync("[name=password]", "Enter");
    }

    private static string At(FlowHost host, string path) => $"http://localhost:{host.Address.Port}/{path}";

    private static Task AtAsync(IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex($"^http://localhost:[0-9]+{Regex.Escape(path)}$"), new() { Timeout = 30_000 });
}
