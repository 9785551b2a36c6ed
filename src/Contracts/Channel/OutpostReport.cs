namespace Sidecar.Contracts.Channel;

/// <summary>Sent every 10 seconds: what the administrator sees of this outpost.</summary>
public sealed record OutpostReport
{
    public required string Epoch { get; init; }

    public required long Revision { get; init; }

    /// <summary>The change number up to which everything is applied.</summary>
    public required long Applied { get; init; }

    public required long Principals { get; init; }

    /// <summary>Why the last snapshot was refused, or null.</summary>
    public string? Rejected { get; init; }
}
