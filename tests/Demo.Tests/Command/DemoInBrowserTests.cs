using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sidecar.Demo.Edges;
using Sidecar.TestKit.Chromium;

namespace Sidecar.Demo.Tests.Command;

[Trait("Kind", "Slow")]
[Collection(nameof(RunningDemo))]
public sealed partial class DemoInBrowserTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("sidecar-demo-").FullName;

    [Fact]
    public async Task A_newcomer_signs_in_sees_the_headers_and_is_refused_once_out_of_the_group_and_a_second_start_still_knows()
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var browser = await ChromiumBrowser.StartAsync();
        await using (var demo = await RunningDemo.StartAsync(_data))
        {
            var page = await browser.OpenAsync();
            await SignInAsync(page, demo);
            var heading = await page.Locator("h1").InnerTextAsync();
            Assert.True(heading == "You are ana", $"{await page.InnerTextAsync("body")}\n{File.ReadAllText(Path.Combine(_data, "server.log"))}");
            var shown = await page.ContentAsync();
            Assert.All(IdentityHeaders.Names, name => Assert.Contains(name, shown, StringComparison.OrdinalIgnoreCase));

            await ChangeGroupAsync(demo, "remove_user");
            Assert.Equal(403, await StatusSoonAsync(page, demo, 403));
            Assert.Equal(0, await demo.StopAsync());
        }

        await using var again = await RunningDemo.StartAsync(_data);
        await ChangeGroupAsync(again, "add_user");
        var later = await browser.OpenAsync();
        await SignInAsync(later, again);
        Assert.Equal(200, await StatusSoonAsync(later, again, 200));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task SignInAsync(IPage page, RunningDemo demo)
    {
        await page.GotoAsync(demo.Service.AbsoluteUri);
        await page.FillAsync("[name=uid_field]", "ana");
        await page.PressAsync("[name=uid_field]", "Enter");
        await page.FillAsync("[name=password]", demo.UserPassword);
        await page.PressAsync("[name=password]", "Enter");

        // Not for its load event, which may have been before this waits; what is looked at next waits for itself.
        await page.WaitForURLAsync(address => address.StartsWith(demo.Service.AbsoluteUri, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>What the guide on the terminal says, word for word but for curl.</summary>
    private static async Task ChangeGroupAsync(RunningDemo demo, string action)
    {
        var told = RemoveUser().Match(demo.Output);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(told.Groups["token"].Value));
        using var answer = await client.PostAsJsonAsync(told.Groups["address"].Value.Replace("remove_user", action, StringComparison.Ordinal), new { pk = int.Parse(told.Groups["user"].Value, null) });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<int> StatusSoonAsync(IPage page, RunningDemo demo, int expected)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var status = (await page.GotoAsync(demo.Service.AbsoluteUri))!.Status;
            if (status == expected || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(20))
            {
                return status;
            }
        }
    }

    [GeneratedRegex(@"\$\(cat (?<token>[^)]+)\)"" --json '\{""pk"": (?<user>\d+)\}' \\\s+(?<address>\S+/remove_user/)")]
    private static partial Regex RemoveUser();
}
