namespace Sidecar.Load.Report;

/// <summary>One server under one kind of load: medians over the rounds. Times are microseconds.</summary>
internal sealed record LoadRow
{
    public const string Direct = "direct";
    public const string H2 = "h2";
    public const string Proxies = "proxies";

    /// <summary>Which of the three parts it belongs to; a part is measured in one go, so only its own rows may be compared.</summary>
    public required string Part { get; init; }

    /// <summary>What the rows that are compared have in common, such as <c>cookie</c> or <c>nginx</c>.</summary>
    public required string Case { get; init; }

    public required int Connections { get; init; }

    public required string Server { get; init; }

    /// <summary>Processor time a request, user and system, of the server; behind a proxy, of proxy and auth server together.</summary>
    public required double Cpu { get; init; }

    /// <summary>The same in each round.</summary>
    public required IReadOnlyList<double> CpuOfRounds { get; init; }

    public required double P50 { get; init; }

    public required double P99 { get; init; }

    public required double P999 { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>Resident memory after the load, in millions of bytes, of the same processes as <see cref="Cpu"/>.</summary>
    public required double Megabytes { get; init; }

    public required long Errors { get; init; }
}
