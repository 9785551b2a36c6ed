namespace Sidecar.Contracts.Channel;

/// <summary>What changed. A kind that is not known is skipped: the number still counts as applied.</summary>
public static class ChangeKind
{
    /// <summary>A new snapshot stands for this outpost: fetch it.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>A principal changed: a held copy with a lower revision must not decide any more.</summary>
    public const string Principal = "principal";

    /// <summary>Client secrets or sealing keys changed: fetch them.</summary>
    public const string Secrets = "secrets";
}
