namespace Sidecar.ControlPlane.Changes;

/// <summary>What a save touches, as far as outposts are concerned; some of it still has to be followed to the principals.</summary>
internal sealed class TouchedObjects
{
    /// <summary>Something that snapshots are built from.</summary>
    public bool Model { get; set; }

    public bool Secrets { get; set; }

    public bool NewUsers { get; set; }

    public HashSet<Guid> Principals { get; } = [];

    /// <summary>Sessions whose user is not known without a query.</summary>
    public HashSet<Guid> Sessions { get; } = [];

    /// <summary>Tokens whose user is not known without a query.</summary>
    public HashSet<Guid> Tokens { get; } = [];

    /// <summary>Groups whose direct members change: the group goes.</summary>
    public HashSet<Guid> MembersOf { get; } = [];

    /// <summary>Groups whose attributes reach other members than before.</summary>
    public HashSet<Guid> AttributesOf { get; } = [];

    /// <summary>Groups that move: what their members inherit may change.</summary>
    public HashSet<Guid> Moved { get; } = [];

    /// <summary>Providers whose sign-ins become visible to other outposts, or whose attributes do.</summary>
    public HashSet<int> ReadersOf { get; } = [];

    /// <summary>Tokens, by hash and owner, that stop to be valid.</summary>
    public List<(byte[] Hash, Guid Owner)> WithdrawnTokens { get; } = [];

    /// <summary>Outposts that are deleted, with their service account.</summary>
    public Dictionary<Guid, Guid> DeletedOutposts { get; } = [];

    /// <summary>Outposts that got a new snapshot, and its revision.</summary>
    public List<(Guid Outpost, long Revision)> Snapshots { get; } = [];

    public bool IsEmpty =>
        !Model && !Secrets && !NewUsers && Snapshots.Count == 0 && WithdrawnTokens.Count == 0 && DeletedOutposts.Count == 0
        && Principals.Count + Sessions.Count + Tokens.Count + MembersOf.Count + AttributesOf.Count + Moved.Count + ReadersOf.Count == 0;
}
