using System.Collections.Concurrent;
using System.Net;
using System.Web;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Logs;

/// <summary>At its most talkative the product writes nothing that whoever reads the log could sign in with.</summary>
[Trait("Kind", "Slow")]
public sealed class SecretsInLogsTests
{
    [Theory]
    [InlineData("trace")]
    [InlineData("info")]
    public async Task No_token_password_code_or_cookie_is_in_the_log(string level)
    {
        var log = new ConcurrentQueue<string>();
        await using var site = await ProtectedSite.StartAsync(new() { ["AUTHENTIK_LOG_LEVEL"] = level }, onLine: log.Enqueue);
        await using var outpost = await site.AddOutpostAsync("edge", new() { ["AUTHENTIK_LOG_LEVEL"] = level });
        using var browser = new Browser();

        var secrets = await UseEverythingAsync(site, outpost, browser);
        await site.Server.StopAsync();
        await outpost.StopAsync();

        var text = string.Join('\n', log) + outpost.Output;
        Assert.NotEmpty(text);
        Assert.All(secrets, secret => Assert.True(secret.Value.Length >= 8, secret.Key));
        Assert.Empty(secrets.Where(secret => text.Contains(secret.Value, StringComparison.Ordinal)).Select(secret => $"{secret.Key}: {LineOf(log, secret.Value)}"));
    }

    private static async Task<Dictionary<string, string>> UseEverythingAsync(ProtectedSite site, StandAloneOutpost outpost, Browser browser)
    {
        var secrets = new Dictionary<string, string>
        {
            ["API token"] = site.Server.BootstrapToken,
            ["bootstrap password"] = site.Server.BootstrapPassword,
            ["password"] = ProtectedSite.Password,
            ["wrong password"] = "wrong-" + Guid.NewGuid().ToString("N"),
            ["wrong bearer token"] = "wrong-" + Guid.NewGuid().ToString("N"),
        };
        var cookie = await SignInAsync(site, browser, secrets);
        await CheckAsync(site, outpost, cookie, secrets);
        await RefusedAsync(site, secrets);
        await browser.NavigateAsync(new Uri(site.ExternalHost, "outpost.goauthentik.io/sign_out"));
        return secrets;
    }

    private static async Task<string> SignInAsync(ProtectedSite site, Browser browser, Dictionary<string, string> secrets)
    {
        using var clumsy = new Browser();
        await clumsy.SignInAsync(await site.OpenSignInAsync(clumsy), ProtectedSite.Username, secrets["wrong password"]);

        var cookie = await site.SignInAsync(browser);
        secrets["ticket"] = cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var callback = HttpUtility.ParseQueryString(browser.Trail.Single(address => address.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal)).Query);
        secrets["code"] = callback["code"]!;
        secrets["state"] = callback["state"]!;
        foreach (var other in browser.Cookies.GetAllCookies().Where(other => other.Value.Length >= 16))
        {
            secrets["cookie " + other.Name] = other.Value;
        }

        return cookie;
    }

    private static async Task CheckAsync(ProtectedSite site, StandAloneOutpost outpost, string cookie, Dictionary<string, string> secrets)
    {
        foreach (var address in (Uri[])[site.Server.Address, outpost.Address])
        {
            await site.Question(cookie).WaitForAsync(address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        }

        var answer = await site.Question(cookie).AskAsync(outpost.Address);
        secrets["assertion"] = answer.Headers["X-authentik-jwt"][0];
        await site.Api.PostAsync("core/tokens/", new { identifier = "of-ana", intent = "app_password", user = site.User });
        secrets["app password"] = (await site.Api.GetAsync("core/tokens/of-ana/view_key/")).GetProperty("key").GetString()!;
        await AskAsync(site, outpost, ("Authorization", "Basic " + Basic(ProtectedSite.Username, secrets["app password"])));
        secrets["app password, encoded"] = Basic(ProtectedSite.Username, secrets["app password"]);
    }

    // What is refused is logged with its reason: there above all the secret must stay out.
    private static async Task RefusedAsync(ProtectedSite site, Dictionary<string, string> secrets)
    {
        await AskAsync(site, null, ("Authorization", "Bearer " + secrets["wrong bearer token"]));
        await AskAsync(site, null, ("Cookie", "authentik_proxy_00000000=" + secrets["wrong bearer token"]));
        using var stranger = new AdminApi(site.Server.Address, secrets["wrong bearer token"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("core/users/me/"));
        var damaged = new Uri(site.ExternalHost, $"outpost.goauthentik.io/callback?X-authentik-auth-callback=true&code={secrets["wrong bearer token"]}&state={Uri.EscapeDataString(secrets["state"])}");
        using var browser = new Browser();
        await browser.LookAsync(damaged);
    }

    private static Task<Page> AskAsync(ProtectedSite site, StandAloneOutpost? outpost, (string Name, string Value) header) =>
        (site.Question(null) with { IsNavigation = false, MoreHeaders = new Dictionary<string, string> { [header.Name] = header.Value } }).AskAsync(outpost?.Address ?? site.Server.Address);

    private static string Basic(string username, string password) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{username}:{password}"));

    private static string? LineOf(IEnumerable<string> log, string secret) => log.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal));
}
