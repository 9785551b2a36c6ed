using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Tests.Hosting;

namespace Sidecar.Outpost.Tests.Channel;

/// <summary>Which snapshots are taken and which refused.</summary>
public sealed class ChannelTrustTests : ChannelTest
{
    [Fact]
    public async Task An_endorsed_key_is_trusted()
    {
        await StartAsync();
        var before = Plane.SnapshotKey;
        Plane.SnapshotKey = EcKeys.Create();
        Plane.SnapshotKeys.Add(KeyEndorsement.Endorse(EcKeys.Publish(Plane.SnapshotKey), before));

        Plane.Publish();

        await Eventually.HoldsAsync(() => Revision == 2, "the snapshot of the new key is served");
        before.Dispose();
    }

    [Fact]
    public async Task A_key_that_nobody_endorsed_is_not_trusted_and_the_last_good_snapshot_stays()
    {
        await StartAsync();
        Plane.SnapshotKey = EcKeys.Create();
        Plane.SnapshotKeys.Add(new EndorsedKey { Key = EcKeys.Publish(Plane.SnapshotKey) });

        Plane.Publish();

        await RefusedAsync("not trusted");
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_counted_and_reported()
    {
        await StartAsync();
        Plane.Publish();
        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        var damaged = SnapshotDocument.Write(Plane.Snapshot! with { Revision = 3 }, Plane.SnapshotKey);
        damaged[^3] ^= 1;

        Send(damaged);

        await RefusedAsync("checksum", standing: 2);
        await Eventually.HoldsAsync(() => Plane.Reports.Any(report => report.Rejected is not null), "the report names the refusal");
    }

    [Fact]
    public async Task A_forged_snapshot_is_refused()
    {
        await StartAsync();
        using var stranger = EcKeys.Create();
        var forged = SnapshotDocument.Write(Plane.Snapshot! with { Revision = 9 }, stranger);

        Send(forged);

        await RefusedAsync("not trusted");
    }

    [Fact]
    public async Task An_older_revision_is_refused()
    {
        Plane.Publish();
        await StartAsync(2);

        Send(SnapshotDocument.Write(Plane.Snapshot! with { Revision = 1 }, Plane.SnapshotKey));

        await RefusedAsync("older", standing: 2);
    }

    [Fact]
    public async Task A_snapshot_of_another_epoch_is_refused_while_the_channel_does_not_name_it()
    {
        await StartAsync();

        Send(SnapshotDocument.Write(Plane.Snapshot! with { Revision = 9, Epoch = "other" }, Plane.SnapshotKey));

        await RefusedAsync("epoch");
    }
}
