namespace Sidecar.Contracts.Channel;

/// <summary>The revision of each principal asked for that this outpost may read; one that is missing must be dropped.</summary>
public sealed record PrincipalRevisions
{
    public required IReadOnlyDictionary<Guid, long> Revisions { get; init; }
}
