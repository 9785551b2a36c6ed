using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Chromium;

namespace Sidecar.ControlPlane.Tests.Browsers;

[Trait("Kind", "Slow")]
public sealed class OwnPagesInChromiumTests
{
    private static readonly string[] Paths = ["if/user/", "if/user/devices/", "if/user/sessions/", "if/user/tokens/", "if/user/consents/"];

    [Fact]
    public async Task Every_page_fits_a_telephone_and_a_wide_screen_and_its_forms_work_without_script()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var host = await FlowHost.StartWithUserAsync("ana", "ana@example.com");
        await host.EditAsync(async context =>
        {
            var wiki = context.Applications.Add(new Application { Slug = "wiki", Name = "Wiki of the whole company with a rather long name" }).Entity;
            var ana = (await context.Users.SingleAsync(user => user.Username == "ana")).Id;
            context.Consents.Add(new Consent { UserId = ana, ApplicationId = wiki.Id, Permissions = "email openid profile", CreatedAt = Samples.Now });
        });
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync(new() { JavaScriptEnabled = false });
        await page.GotoAsync(At(host, FlowHost.SignInFlow));
        await page.FillAsync("[name=uid_field]", "ana");
        await page.PressAsync("[name=uid_field]", "Enter");
        await page.FillAsync("[name=password]", FlowHost.Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(address => address.Contains("/if/user/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await page.ClickAsync("nav >> text=Tokens");
        await page.FillAsync("[name=description]", "the mail program of my telephone");
        await page.ClickAsync("text=Make it");
        Assert.Contains("Copy it now", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await PhotographAsync(page, "made");
        foreach (var path in Paths)
        {
            await page.GotoAsync(At(host, path));
            foreach (var width in new[] { 1280, 390 })
            {
                await page.SetViewportSizeAsync(width, 800);
                foreach (var element in await page.Locator("main, main *").AllAsync())
                {
                    var box = await element.BoundingBoxAsync();
                    Assert.True(box is null || box.X + box.Width <= width + 1, $"{path} at {width}: {await element.EvaluateAsync<string>("e => e.outerHTML.slice(0, 200)")}");
                }
            }

            await PhotographAsync(page, path.Split('/')[2] is { Length: > 0 } name ? name : "library");
        }

        await page.GotoAsync(At(host, "if/user/consents/"));
        await page.ClickAsync("button:has-text(\"Withdraw\")");
        Assert.Contains("No application was told", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private static string At(FlowHost host, string path) => host.At(path).AbsoluteUri;

    /// <summary>For people to look at, where the environment says a folder.</summary>
    private static async Task PhotographAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SIDECAR_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"own-{name}-{width}-{scheme}.png"), FullPage = true });
        }
    }
}
