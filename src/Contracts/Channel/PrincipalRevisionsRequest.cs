namespace Sidecar.Contracts.Channel;

/// <summary>After a reset: the principals that the outpost holds.</summary>
public sealed record PrincipalRevisionsRequest
{
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>At most this many in one request.</summary>
    public const int MaxIds = 10_000;
}
