using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Load;

/// <summary>What wrk measured in one run.</summary>
internal sealed record WrkResult(long Requests, double P50Microseconds, double P99Microseconds, long Errors);

/// <summary>Drives one address with wrk (Debian package <c>wrk</c>), which reports latency percentiles.</summary>
internal static partial class Wrk
{
    public static async Task<WrkResult> RunAsync(Uri address, IReadOnlyList<string> headers, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        string[] arguments = ["--latency", "-t", "1", "-c", Text(connections), "-d", $"{Text(seconds)}s", .. headers.SelectMany(header => new[] { "-H", header }), address.ToString()];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start: install the Debian package wrk");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return Parse(output);
    }

    private static WrkResult Parse(string output)
    {
        var requests = RequestsLine().Match(output);
        if (!requests.Success)
        {
            throw new InvalidOperationException($"wrk said something else than a result:\n{output}");
        }

        var refused = RefusedLine().Match(output) is { Success: true } line ? Number(line.Groups[1].Value) : 0;
        var broken = SocketErrors().Match(output) is { Success: true } errors
            ? Enumerable.Range(1, 4).Sum(group => Number(errors.Groups[group].Value))
            : 0;
        return new WrkResult((long)Number(requests.Groups[1].Value), Percentile(output, "50%"), Percentile(output, "99%"), (long)(refused + broken));
    }

    private static double Percentile(string output, string name)
    {
        var line = output.Split('\n').First(text => text.TrimStart().StartsWith(name, StringComparison.Ordinal));
        var value = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return value switch
        {
            _ when value.EndsWith("us", StringComparison.Ordinal) => Number(value[..^2]),
            _ when value.EndsWith("ms", StringComparison.Ordinal) => Number(value[..^2]) * 1_000,
            _ => Number(value.TrimEnd('s')) * 1_000_000,
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex RequestsLine();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex RefusedLine();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();
}
