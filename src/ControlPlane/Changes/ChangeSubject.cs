namespace Sidecar.ControlPlane.Changes;

/// <summary>What changed.</summary>
internal enum ChangeSubject : byte
{
    /// <summary>Something that snapshots are built from. Never told to an outpost: it hears of the snapshot that follows.</summary>
    Model = 0,

    /// <summary>A snapshot was built for an outpost.</summary>
    Snapshot = 1,

    /// <summary>What outposts know of a user.</summary>
    Principal = 2,

    /// <summary>Client secrets or sealing keys.</summary>
    Secrets = 3,

    /// <summary>An outpost was deleted or its token withdrawn.</summary>
    Outpost = 4,
}
