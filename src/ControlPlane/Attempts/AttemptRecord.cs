namespace Sidecar.ControlPlane.Attempts;

/// <summary>Failed attempts of one account or one address in the current window.</summary>
internal sealed class AttemptRecord
{
    /// <summary>What is counted: <c>account:…</c> or <c>address:…</c>.</summary>
    public required string Key { get; init; }

    public int Failures { get; set; }

    public required DateTimeOffset WindowStart { get; set; }

    public DateTimeOffset? BlockedUntil { get; set; }
}
