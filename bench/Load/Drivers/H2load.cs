using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Load.Drivers;

/// <summary>HTTPS with HTTP/2, one request at a time on each connection, with h2load (Debian package <c>nghttp2-client</c>).</summary>
internal static partial class H2load
{
    public static async Task<Drive> RunAsync(Uri address, IReadOnlyList<string> headers, int connections, int seconds)
    {
        // It prints no percentiles, but can log each request.
        var log = Path.GetTempFileName();
        var output = await Generator.RunAsync(
            "h2load",
            "nghttp2-client",
            ["-t", "1", "-m", "1", "-c", Text(connections), "-D", Text(seconds), "--log-file", log, .. headers.SelectMany(header => new[] { "-H", header }), address.ToString()]);
        var times = await TimesAsync(log);
        File.Delete(log);
        if (Done().Match(output) is not { Success: true } done || Succeeded().Match(output) is not { Success: true } succeeded || !output.Contains("Application protocol: h2", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"h2load said something else than a result of HTTP/2:\n{output}");
        }

        var requests = Number(done);
        return new Drive(requests, At(times, 0.5), At(times, 0.99), At(times, 0.999), requests - Number(succeeded));
    }

    private static async Task<List<int>> TimesAsync(string log)
    {
        List<int> times = [];
        await foreach (var line in File.ReadLinesAsync(log))
        {
            times.Add(int.Parse(line.AsSpan(line.LastIndexOf('\t') + 1), CultureInfo.InvariantCulture));
        }

        times.Sort();
        return times;
    }

    private static double At(List<int> times, double part) => times.Count == 0 ? 0 : times[Math.Min((int)(times.Count * part), times.Count - 1)];

    private static long Number(Match line) => long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"started, (\d+) done")]
    private static partial Regex Done();

    [GeneratedRegex(@"status codes: (\d+) 2xx")]
    private static partial Regex Succeeded();
}
