using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sidecar.Load.Drivers;
using Sidecar.TestKit.Processes;

namespace Sidecar.Load;

/// <summary>Size and memory of the outpost, and the time from its start to the first decision with a stored snapshot of 1,000 applications.</summary>
internal static class StartScenario
{
    private const int Applications = 1_000;
    private const int Starts = 5;

    public static async Task<string> RunAsync()
    {
        await using var bench = await Bench.StartAsync(Applications - 1);
        await Task.Delay(TimeSpan.FromSeconds(15));
        var idle = ProcessCost.ResidentBytes(bench.Outpost.ProcessId);
        await bench.Site.Server.StopAsync();
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await bench.Outpost.StopAsync();
            times.Add(await TimeToFirstDecisionAsync(bench));
        }

        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"""
            | what | seen |
            |---|---|
            | outpost executable | {new FileInfo(PublishedPrograms.Outpost).Length / 1e6:F1} MB |
            | resident memory at idle, {Applications} applications | {idle / 1e6:F0} MB |
            | start to first decision from stored state, {Applications} applications, control plane away (median of {Starts}) | {times[Starts / 2]:F0} ms |

            """);
    }

    private static async Task<double> TimeToFirstDecisionAsync(Bench bench)
    {
        var started = Stopwatch.GetTimestamp();
        var starting = bench.Outpost.StartAgainAsync();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            try
            {
                if (await bench.AskAsync() == HttpStatusCode.OK)
                {
                    var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    await starting;
                    return elapsed;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(2);
        }

        throw new TimeoutException("no decision within 30 seconds:\n" + bench.Outpost.Output);
    }
}
