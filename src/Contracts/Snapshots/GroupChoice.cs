namespace Sidecar.Contracts.Snapshots;

/// <summary>Which of the user's groups an application is told.</summary>
public enum GroupChoice : byte
{
    All = 0,

    /// <summary>Only groups that a binding of this application names.</summary>
    Bound = 1,

    Prefix = 2,
    None = 3,
}
