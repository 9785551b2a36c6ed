using Microsoft.Playwright;
using Sidecar.Demo.SampleService;
using Sidecar.TestKit.Chromium;

namespace Sidecar.Demo.Tests.SampleService;

[Trait("Kind", "Slow")]
public sealed class SamplePageInBrowserTests
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_page_fits_a_telephone_in_light_and_dark(ColorScheme scheme)
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var server = await SampleServer.StartAsync(port: 0);
        await using var browser = await ChromiumBrowser.StartAsync();
        var page = await browser.OpenAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = 390, Height = 844 },
            ExtraHTTPHeaders = new Dictionary<string, string> { ["X-authentik-username"] = "ana", ["X-authentik-jwt"] = new string('j', 900) },
        });

        await page.GotoAsync($"http://whoami.sidecar.localhost:{server.Address.Port}/");

        Assert.Equal("You are ana", await page.Locator("h1").InnerTextAsync());
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390);
        var ground = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(16, 21, 28)" : "rgb(245, 247, 250)", ground);
    }
}
