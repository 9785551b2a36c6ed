using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Channel;

/// <summary>What an outpost learns at first contact and pins.</summary>
public sealed record TrustDocument
{
    /// <summary>Always <see cref="ProductName"/>: an outpost pointed at something else says so and stops.</summary>
    public required string Product { get; init; }

    public required Guid Installation { get; init; }

    public required string Epoch { get; init; }

    public required Guid OutpostId { get; init; }

    public required string OutpostName { get; init; }

    /// <summary>Keys that sign snapshots, oldest first; each but the first is endorsed by the one before it.</summary>
    public required IReadOnlyList<EndorsedKey> SnapshotKeys { get; init; }

    /// <summary>The newest change number.</summary>
    public required long Newest { get; init; }

    /// <summary>Control-plane time, Unix milliseconds.</summary>
    public required long Time { get; init; }

    public const string ProductName = "sidecar";
}
