using Sidecar.Load.Drivers;

namespace Sidecar.Load.Report;

/// <summary>Measures contenders in turn, round by round, so that what the machine does meanwhile meets all of them.</summary>
internal sealed class Contest(string part, Action<string> say)
{
    public const int Rounds = 5;
    public const int Seconds = 2;

    private static readonly int[] ConnectionCounts = [1, 32];

    private readonly List<LoadRow> _rows = [];

    public IReadOnlyList<LoadRow> Rows => _rows;

    public async Task RunAsync(string name, params IReadOnlyList<Contender> contenders)
    {
        foreach (var connections in ConnectionCounts)
        {
            var rounds = contenders.Select(_ => new List<Round>()).ToArray();
            for (var round = -1; round < Rounds; round++)
            {
                for (var i = 0; i < contenders.Count; i++)
                {
                    var measured = await MeasureAsync(contenders[i], connections);
                    // The first is for warming up.
                    if (round >= 0)
                    {
                        rounds[i].Add(measured);
                    }
                }
            }

            for (var i = 0; i < contenders.Count; i++)
            {
                _rows.Add(Row(name, connections, contenders[i], rounds[i]));
                say($"{part} {name} {connections} {contenders[i].Name}: {_rows[^1].Cpu:F1} µs, p50 {_rows[^1].P50:F0} µs, {_rows[^1].Errors} errors");
            }
        }
    }

    private static async Task<Round> MeasureAsync(Contender contender, int connections)
    {
        var before = contender.CpuMicroseconds;
        var drive = await contender.DriveAsync(connections, Seconds);
        return new Round(drive, (contender.CpuMicroseconds - before) / drive.Requests);
    }

    private LoadRow Row(string name, int connections, Contender contender, List<Round> rounds) => new()
    {
        Part = part,
        Case = name,
        Connections = connections,
        Server = contender.Name,
        Cpu = Median(rounds, round => round.Cpu),
        CpuOfRounds = [.. rounds.Select(round => Math.Round(round.Cpu, 2))],
        P50 = Median(rounds, round => round.Drive.P50),
        P99 = Median(rounds, round => round.Drive.P99),
        P999 = Median(rounds, round => round.Drive.P999),
        RequestsPerSecond = Median(rounds, round => round.Drive.Requests / (double)Seconds),
        Megabytes = contender.Megabytes,
        Errors = rounds.Sum(round => round.Drive.Errors),
    };

    private static double Median(List<Round> rounds, Func<Round, double> value) => Math.Round(rounds.Select(value).Order().ElementAt(rounds.Count / 2), 2);

    private sealed record Round(Drive Drive, double Cpu);
}
