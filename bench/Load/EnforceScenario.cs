using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Sidecar.Load;

/// <summary>From the answer of the API, which comes after the commit, to the first check that is decided by the change: a user leaves and joins a group.</summary>
internal static class EnforceScenario
{
    private const int Changes = 200;

    public static async Task<string> RunAsync()
    {
        await using var bench = await Bench.StartAsync();
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var leave = i % 2 == 0;
            await (leave ? bench.Site.Api.RemoveFromGroupAsync(bench.Site.Group, bench.Site.User) : bench.Site.Api.AddToGroupAsync(bench.Site.Group, bench.Site.User));
            var committed = Stopwatch.GetTimestamp();
            var expected = leave ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
            while (await bench.AskAsync() != expected)
            {
                if (Stopwatch.GetElapsedTime(committed) > TimeSpan.FromSeconds(10))
                {
                    throw new TimeoutException($"change {i} was not enforced within 10 seconds");
                }
            }

            times.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
            await Task.Delay(20);
        }

        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"""
            | from the API's answer to its enforcement, {Changes} changes | ms |
            |---|---|
            | p50 | {times[Changes / 2]:F1} |
            | p99 | {times[Changes * 99 / 100]:F1} |
            | worst | {times[^1]:F1} |

            """);
    }
}
