using System.Globalization;

namespace Sidecar.Load.Report;

/// <summary>Measures the parts that are asked for and puts them into <c>bench/Baselines/load.json</c>, beside the others.</summary>
internal static class ReportScenario
{
    public const string File = "load.json";

    public static readonly string[] Parts = [LoadRow.Direct, LoadRow.H2, LoadRow.Proxies];

    public static async Task RunAsync(IEnumerable<string> parts, Action<string> say)
    {
        foreach (var name in parts)
        {
            var rows = name == LoadRow.Proxies ? await ProxyRows.MeasureAsync(say) : await DirectRows.MeasureAsync(name, say);
            var part = new LoadPart(
                name,
                TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Machine.Text,
                $"dotnet run -c Release --project bench/Load -- report --rows {name}",
                Contest.Rounds,
                Contest.Seconds);
            Baseline.Write(File, (Baseline.Read<LoadResult>(File) ?? new LoadResult([], [])).With(part, rows));
        }
    }
}
