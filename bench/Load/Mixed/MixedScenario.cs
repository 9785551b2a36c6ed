using System.Globalization;
using Sidecar.Load.Drivers;

namespace Sidecar.Load.Mixed;

/// <summary>
/// A working day in half an hour: people sign in, ask with tickets and app passwords, and five times a second somebody changes who may do what. Every answer
/// is held against what the state allows.
/// </summary>
internal static class MixedScenario
{
    public const string File = "mixed.json";

    private const int Clients = 8;
    private const double ChangesPerSecond = 5;

    public static async Task<MixedResult> RunAsync(double minutes, Action<string> say)
    {
        await using var world = await World.StartAsync();
        var findings = new Findings(say);
        var (changes, signIns) = (new Changes(world, ChangesPerSecond), new SignIns(world, findings));
        var memory = new MemoryWatch(Processes(world));
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var checks = Enumerable.Range(0, Clients).Select(_ => new Checks(world, findings).RunAsync(end.Token));
        await EndTogetherAsync(end, [changes.RunAsync(end.Token), signIns.RunAsync(end.Token), memory.RunAsync(end.Token), .. checks]);
        return new MixedResult
        {
            Date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machine = Machine.Text,
            Command = $"dotnet run -c Release --project bench/Load -- mixed --minutes {minutes.ToString(CultureInfo.InvariantCulture)}",
            Minutes = minutes,
            Checks = findings.Checks,
            Judged = findings.Judged,
            WithCredential = findings.WithCredential,
            Wrong = findings.WrongOnes,
            Failures = findings.Failures,
            LatestWrongSeconds = findings.Latest,
            WrongTexts = findings.Texts,
            Statuses = findings.Statuses,
            P50Milliseconds = findings.PercentileMilliseconds(0.5),
            P99Milliseconds = findings.PercentileMilliseconds(0.99),
            P999Milliseconds = findings.PercentileMilliseconds(0.999),
            SignIns = signIns.Done,
            Changes = changes.Done,
            Memory = memory.Samples,
        };
    }

    // What fails ends the others: a run without one of its parts would say nothing.
    private static async Task EndTogetherAsync(CancellationTokenSource end, List<Task> parts)
    {
        var first = await Task.WhenAny(parts);
        if (first.IsFaulted)
        {
            await end.CancelAsync();
        }

        await Task.WhenAll(parts);
    }

    private static Dictionary<string, int> Processes(World world)
    {
        var processes = new Dictionary<string, int> { ["control plane"] = world.Server.ProcessId, ["outpost"] = world.Outpost.ProcessId };
        if (ProcessCost.Children(world.Server.ProcessId).FirstOrDefault() is var embedded and not 0)
        {
            processes["embedded outpost"] = embedded;
        }

        return processes;
    }
}
