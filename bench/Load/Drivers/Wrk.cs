using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Load.Drivers;

/// <summary>HTTP/1.1 with wrk (Debian package <c>wrk</c>).</summary>
internal static partial class Wrk
{
    // wrk itself prints no further than 99 %.
    private const string Script = """
        done = function(summary, latency, requests)
          io.write(string.format("seen %d %.0f %.0f %.0f %d\n", summary.requests, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
            summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
        end
        """;

    public static async Task<Drive> RunAsync(Uri address, IReadOnlyList<string> headers, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Script);
        var output = await Generator.RunAsync(
            "wrk", "wrk", ["-t", "1", "-c", Text(connections), "-d", Text(seconds) + "s", "-s", script, .. headers.SelectMany(header => new[] { "-H", header }), address.ToString()]);
        File.Delete(script);
        var seen = Seen().Match(output) is { Success: true } line ? line : throw new InvalidOperationException($"wrk said something else than a result:\n{output}");
        return new Drive(Number(seen, 1), Number(seen, 2), Number(seen, 3), Number(seen, 4), Number(seen, 5));
    }

    private static long Number(Match line, int group) => long.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"seen (\d+) (\d+) (\d+) (\d+) (\d+)")]
    private static partial Regex Seen();
}
