namespace Sidecar.ControlPlane.Api.UsedBy;

/// <summary>The schema's words for what happens to an object when the one that it refers to is deleted.</summary>
internal enum UsedByAction
{
    Cascade,
    CascadeMany,
    SetNull,

    /// <summary>Here: it is in the way, and the deletion is refused. The schema has no better word.</summary>
    LeftDangling,
}
