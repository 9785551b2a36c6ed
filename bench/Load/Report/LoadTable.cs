using System.Globalization;

namespace Sidecar.Load.Report;

/// <summary>The rows in groups that may be compared: the same part, case and number of connections, the outpost first.</summary>
internal static class LoadTable
{
    public static IEnumerable<LoadRow[]> Groups(LoadResult result) =>
        result.Rows.GroupBy(row => (row.Part, row.Case, row.Connections)).Select(group => group.ToArray());

    public static string TitleOf(string part) => part switch
    {
        LoadRow.Direct => "The check over HTTP/1.1",
        LoadRow.H2 => "The check over HTTPS with HTTP/2",
        LoadRow.Proxies => "A page through a proxy: proxy and auth server together",
        _ => part,
    };

    /// <summary>One Markdown table; the ratios are to the second of each group.</summary>
    public static string Of(IEnumerable<LoadRow[]> groups)
    {
        List<string> lines =
        [
            "| case | connections | server | CPU µs a request | ratio | p50 µs | ratio | p99 µs | p99.9 µs | requests a second | memory MB | errors |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|",
        ];
        foreach (var group in groups)
        {
            lines.AddRange(group.Select(row => Line(row, group[1])));
        }

        return string.Join('\n', lines) + "\n";
    }

    public static string Ratio(double value, double to) => (value / to).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Line(LoadRow row, LoadRow to) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Case} | {row.Connections} | {row.Server} | {row.Cpu:0.0} | {Ratio(row.Cpu, to.Cpu)} | {row.P50:0} | {Ratio(row.P50, to.P50)} | {row.P99:0} | {row.P999:0} | {row.RequestsPerSecond:0} | {row.Megabytes:0} | {row.Errors} |");
}
