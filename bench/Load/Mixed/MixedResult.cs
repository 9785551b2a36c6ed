namespace Sidecar.Load.Mixed;

/// <summary>What <c>bench/Baselines/mixed.json</c> keeps.</summary>
internal sealed record MixedResult
{
    public required string Date { get; init; }

    public required string Machine { get; init; }

    public required string Command { get; init; }

    /// <summary>Written by hand: what a reader of the numbers must know.</summary>
    public string? Remarks { get; init; }

    public required double Minutes { get; init; }

    public required long Checks { get; init; }

    public required long Judged { get; init; }

    public required long WithCredential { get; init; }

    public required long Wrong { get; init; }

    public required long Failures { get; init; }

    /// <inheritdoc cref="Findings.Latest"/>
    public required double LatestWrongSeconds { get; init; }

    public required IReadOnlyList<string> WrongTexts { get; init; }

    public required IReadOnlyDictionary<int, long> Statuses { get; init; }

    public required double P50Milliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    public required double P999Milliseconds { get; init; }

    public required int SignIns { get; init; }

    public required IReadOnlyDictionary<string, int> Changes { get; init; }

    public required IReadOnlyDictionary<string, List<MemorySample>> Memory { get; init; }
}
