using Microsoft.Playwright;
using Sidecar.Demo.Processes;

namespace Sidecar.TestKit.Chromium;

/// <summary>A real browser without a window. *.sidecar.localhost leads to 127.0.0.1; nothing leaves the machine.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.sidecar.localhost 127.0.0.1",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static bool IsInstalled => PathSearch.Find("chromium") is not null;

    public static async Task<ChromiumBrowser> StartAsync()
    {
        var program = PathSearch.Find("chromium") ?? throw new FileNotFoundException("chromium is not on the PATH: install the Debian package chromium");
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new ChromiumBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A page with cookies of its own: another browser, as far as a server can tell. Nothing takes longer than half a minute.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options ?? new() { IgnoreHTTPSErrors = true });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
