using System.Globalization;
using System.Text;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.Load;

/// <summary>
/// Processor time of one authenticated check over loopback: the outpost beside a bare Kestrel AOT program that receives byte-identical requests and sends
/// headers of the same names and sizes, and beside nginx's <c>return 200</c>; in turn, several times, in one run.
/// </summary>
internal static class CheckScenario
{
    private const int Rounds = 3;
    private const int Seconds = 5;

    public static async Task<string> RunAsync()
    {
        await using var bench = await Bench.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sidecar-bench-").FullName;
        var answer = Path.Combine(folder, "answer");
        await CaptureAnswerAsync(bench, answer);

        await using var bare = await StartBareAsync(answer);
        await using var nginx = await StartNginxAsync(folder);
        Target[] targets = [new("outpost", bench.Outpost.ProcessId, bench.Check), bare.Target, nginx.Target];

        var report = new StringBuilder();
        report.AppendLine("| connections | server | CPU µs a request | ratio to bare Kestrel | p50 µs | p99 µs | requests a second | errors |");
        report.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var connections in new[] { 1, 32 })
        {
            var rows = await MeasureAsync(targets, bench.CheckHeaders, connections);
            foreach (var target in targets)
            {
                report.AppendLine(Row(connections, target.Name, rows[target.Name], rows["bare Kestrel AOT"]));
            }
        }

        Directory.Delete(folder, recursive: true);
        return report.ToString();
    }

    private static async Task<Dictionary<string, Sample>> MeasureAsync(Target[] targets, IReadOnlyList<string> headers, int connections)
    {
        var samples = targets.ToDictionary(target => target.Name, _ => new List<Sample>());
        foreach (var target in targets)
        {
            await Wrk.RunAsync(target.Address, headers, connections, seconds: 2);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var target in targets)
            {
                var before = ProcessCost.CpuMicroseconds(target.Process);
                var result = await Wrk.RunAsync(target.Address, headers, connections, Seconds);
                samples[target.Name].Add(new Sample((ProcessCost.CpuMicroseconds(target.Process) - before) / result.Requests, result));
            }
        }

        return samples.ToDictionary(pair => pair.Key, pair => Median(pair.Value));
    }

    private static Sample Median(List<Sample> samples) => samples.OrderBy(sample => sample.CpuMicroseconds).ElementAt(samples.Count / 2);

    private static string Row(int connections, string name, Sample sample, Sample bare) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {connections} | {name} | {sample.CpuMicroseconds:F1} | {sample.CpuMicroseconds / bare.CpuMicroseconds:F2} | {sample.Result.P50Microseconds:F0} | {sample.Result.P99Microseconds:F0} | {sample.Result.Requests / (double)Seconds:F0} | {sample.Result.Errors} |");

    private static async Task CaptureAnswerAsync(Bench bench, string path)
    {
        var answer = await bench.Question.AskAsync(bench.Outpost.Address);
        string[] written = ["Date", "Content-Length", "Transfer-Encoding"];
        // The client reads each byte as one character; as such the bytes come back, and the other program sends the same.
        await File.WriteAllLinesAsync(
            path, answer.Headers.Where(header => !written.Contains(header.Key)).Select(header => $"{header.Key}: {header.Value[0]}"), Encoding.Latin1);
    }

    private static async Task<Running> StartBareAsync(string answer)
    {
        var port = FreePort.Next();
        var command = new ChildCommand(Programs.BareKestrel, port.ToString(CultureInfo.InvariantCulture), answer);
        return new Running("bare Kestrel AOT", await ServerProcess.StartAsync(command, Ready.WhenListening(port)), port);
    }

    private static async Task<Running> StartNginxAsync(string folder)
    {
        var port = FreePort.Next();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events {}
            http {
              access_log off;
              keepalive_requests 1000000000;
              server { listen 127.0.0.1:{{port}}; location / { return 200; } }
            }
            """);
        var command = new ChildCommand("nginx", "-c", configuration);
        return new Running("nginx return 200", await ServerProcess.StartAsync(command, Ready.WhenListening(port)), port);
    }

    private sealed record Sample(double CpuMicroseconds, WrkResult Result);

    private sealed record Target(string Name, int Process, Uri Address);

    private sealed class Running(string name, ServerProcess process, int port) : IAsyncDisposable
    {
        public Target Target { get; } = new(name, process.Id, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/outpost.goauthentik.io/auth/traefik"));

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
