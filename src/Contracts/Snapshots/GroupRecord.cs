namespace Sidecar.Contracts.Snapshots;

/// <summary>A group. Its own record, so that renaming or moving it does not rewrite its members.</summary>
public sealed record GroupRecord
{
    public required Guid Id { get; init; }

    /// <summary>Without <c>|</c>, CR and LF: those would forge membership in <c>X-authentik-groups</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Membership is inherited: a member of this group is a member of each parent.</summary>
    public IReadOnlyList<Guid> Parents { get; init => field = value ?? []; } = [];
}
