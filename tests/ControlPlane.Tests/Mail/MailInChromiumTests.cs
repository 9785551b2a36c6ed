using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sidecar.TestKit.Chromium;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class MailInChromiumTests
{
    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_from_the_mailbox()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var flows = await MailFlows.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await page.GotoAsync($"{flows.Host.At("if/flow/default-authentication-flow/")}");
        await page.ClickAsync("text=Forgot username or password?");
        await page.FillAsync("[name=uid_field]", "ana@example.com");
        await page.PressAsync("[name=uid_field]", "Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check your mailbox", new() { Timeout = 30_000 });

        var other = await chromium.OpenAsync();
        await other.GotoAsync($"{flows.Here((await flows.Mailbox.WaitForAsync("ana@example.com")).Link)}");
        await other.ClickAsync("button[type=submit]");
        await ChooseAsync(other);

        await AtLibraryAsync(other);
        Assert.True(await flows.SignsInAsync("ana", MailFlows.NewPassword));
    }

    [Fact]
    public async Task An_account_is_made_and_confirmed_by_the_link_from_the_mailbox()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var flows = await MailFlows.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await page.GotoAsync($"{flows.Host.At("if/flow/default-authentication-flow/")}");
        await page.ClickAsync("text=Sign up");
        await page.FillAsync("[name=username]", "carla");
        await page.FillAsync("[name=name]", "Carla");
        await page.FillAsync("[name=email]", "carla@example.com");
        await ChooseAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Check your mailbox", new() { Timeout = 30_000 });

        await page.GotoAsync($"{flows.Here((await flows.Mailbox.WaitForAsync("carla@example.com")).Link)}");
        await page.ClickAsync("button[type=submit]");

        await AtLibraryAsync(page);
    }

    private static async Task ChooseAsync(IPage page)
    {
        await page.FillAsync("[name=password]", MailFlows.NewPassword);
        await page.FillAsync("[name=password_repeat]", MailFlows.NewPassword);
        await page.PressAsync("[name=password_repeat]", "Enter");
    }

    private static Task AtLibraryAsync(IPage page) => Assertions.Expect(page).ToHaveURLAsync(new Regex("/if/user/$"), new() { Timeout = 30_000 });
}
