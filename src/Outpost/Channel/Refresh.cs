namespace Sidecar.Outpost.Channel;

/// <summary>What has to be read again.</summary>
[Flags]
internal enum Refresh
{
    None = 0,
    Snapshot = 1,
    Secrets = 2,
    Revisions = 4,
    All = Snapshot | Secrets | Revisions,
}
