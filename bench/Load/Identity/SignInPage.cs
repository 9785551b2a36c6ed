using System.Globalization;
using Sidecar.TestKit.Chromium;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>What the first page of a sign-in weighs on the wire, how many requests it makes, and when Chromium first paints it.</summary>
internal static class SignInPage
{
    private const int Visits = 20;
    private const string Path = "if/flow/default-authentication-flow/";

    public static async Task<string> MeasureAsync(SidecarServer server)
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        var paints = new List<double>();
        var requests = 0;
        long bytes = 0;
        for (var i = 0; i < Visits + 2; i++)
        {
            // A new person's browser each time: nothing is cached.
            var page = await chromium.OpenAsync();
            requests = 0;
            bytes = 0;
            page.RequestFinished += async (_, request) =>
            {
                requests++;
                var sizes = await request.SizesAsync();
                Interlocked.Add(ref bytes, sizes.ResponseHeadersSize + sizes.ResponseBodySize);
            };
            await page.GotoAsync(new Uri(server.Address, Path).ToString(), new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
            var paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
            if (i >= 2)
            {
                paints.Add(paint);
            }

            await page.Context.CloseAsync();
        }

        paints.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:F1} KB in {requests} request(s); first paint after {paints[Visits / 2]:F0} ms (median of {Visits}), {paints[^1]:F0} ms at worst");
    }
}
