namespace Sidecar.Contracts.Channel;

/// <summary>Data of the stream's <c>heartbeat</c> event: at once on connect, then each 10 seconds.</summary>
public sealed record Heartbeat
{
    public required string Epoch { get; init; }

    public required long Newest { get; init; }

    /// <summary>Control-plane time, Unix milliseconds.</summary>
    public required long Time { get; init; }
}
