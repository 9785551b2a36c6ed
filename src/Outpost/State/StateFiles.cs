namespace Sidecar.Outpost.State;

/// <summary>Names of the files of the state folder.</summary>
internal static class StateFiles
{
    public const string Identity = "identity";
    public const string Trust = "trust";
    public const string Contact = "contact";
    public const string Secrets = "secrets";
    public const string Sessions = "ended-sessions";
    public const string Snapshot = "snapshot";
    public const string Principals = "principals";

    public static readonly string[] All = [Identity, Trust, Contact, Secrets, Sessions, Snapshot, Principals];
}
