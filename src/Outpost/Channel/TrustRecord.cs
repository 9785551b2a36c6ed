using Sidecar.Contracts.Signing;

namespace Sidecar.Outpost.Channel;

/// <summary>What was pinned at first contact, and what has been endorsed since.</summary>
internal sealed record TrustRecord
{
    public required Guid Installation { get; init; }

    /// <summary>Changes when the control plane's database is restored; a new one is accepted only over the live channel.</summary>
    public required string Epoch { get; init; }

    public required Guid OutpostId { get; init; }

    public required string OutpostName { get; init; }

    public required IReadOnlyList<PublicKeyRecord> SnapshotKeys { get; init; }
}
