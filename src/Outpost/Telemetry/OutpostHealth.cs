using Sidecar.Decisions;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Telemetry;

/// <summary>Alive as long as it answers; ready when it can decide.</summary>
internal sealed class OutpostHealth(ServingHolder serving, ContactClock clock)
{
    /// <summary>Null: ready.</summary>
    public Reason? NotReady => serving.Current is null ? Reason.NoSnapshot : clock.IsStale(strict: false) ? Reason.Stale : null;
}
