using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;

namespace Sidecar.Outpost.Tests.Channel;

/// <summary>What each change of the control plane leads to.</summary>
public sealed class ChannelTests : ChannelTest
{
    [Fact]
    public async Task Learns_trust_registers_and_serves_the_first_snapshot()
    {
        await StartAsync();

        Assert.Equal(Plane.Installation, Running!.Get<TrustKeeper>().Pinned!.Installation);
        Assert.Equal(Running.Get<Assertions.AssertionKey>().Public, Assert.Single(Plane.Registrations).AssertionKey);
        Assert.False(Running.Get<ContactClock>().IsStale(strict: true));
    }

    [Fact]
    public async Task A_published_change_arrives_over_the_stream()
    {
        await StartAsync();

        Plane.Publish();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
    }

    [Fact]
    public async Task A_changed_principal_is_replaced_and_a_removed_one_dropped()
    {
        await StartAsync();
        var ana = await HoldAsync();

        Plane.Put(ana with { Active = false });
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the inactive copy is held");
        Plane.Remove(ana.Id);
        await Eventually.HoldsAsync(() => !Principals.TryGet(ana.Id, out _), "no copy is held");
    }

    [Fact]
    public async Task A_revoked_principal_stops_deciding_while_the_new_one_is_still_being_read()
    {
        await StartAsync();
        var ana = await HoldAsync();
        var gate = new TaskCompletionSource();
        Plane.PrincipalGate = gate.Task;

        Plane.Put(ana with { Active = false });

        await Eventually.HoldsAsync(() => !Principals.TryGet(ana.Id, out _), "the old copy does not decide");
        gate.SetResult();
    }

    [Fact]
    public async Task A_reset_reads_everything_again()
    {
        await StartAsync();
        var ana = await HoldAsync();
        await Plane.StopAsync();
        Plane.Put(ana with { Active = false });
        Plane.Publish();
        Plane.OldestKept = Plane.Newest;

        await Plane.RestartAsync();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the revisions were compared");
    }

    [Fact]
    public async Task A_restored_database_is_accepted_from_the_live_channel_and_old_copies_go()
    {
        Plane.Publish();
        await StartAsync(2);
        var ana = await HoldAsync();

        Plane.Restore("epoch-2");

        await Eventually.HoldsAsync(() => Running!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "epoch-2", "the new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && held!.Revision == 1, "the copy of the new epoch is held");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_control_plane_that_did_not_notice_that_its_database_went_back_is_told(bool restarted)
    {
        await StartAsync();
        var ana = await HoldAsync();
        await Plane.StopAsync();
        if (restarted)
        {
            await Running!.DisposeAsync();
        }

        Plane.GoBack(ana with { Active = false });
        await Plane.RestartAsync();
        Running = restarted ? await RunningOutpost.StartAsync(Plane, Folder) : Running;

        await Eventually.HoldsAsync(() => Running!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "after epoch-1", "a new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the copy of the backup is held");
    }

    [Fact]
    public async Task A_principal_newer_than_all_that_was_told_shows_that_the_database_went_back()
    {
        await StartAsync();
        Plane.IsSilent = true;
        var ana = await HoldAsync();
        await Plane.StopAsync();

        Plane.GoBack(ana with { Active = false });
        Plane.IsSilent = false;
        await Plane.RestartAsync();

        await Eventually.HoldsAsync(() => Running!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "after epoch-1", "a new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the copy of the backup is held");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_snapshot_of_the_last_epoch_does_not_make_the_new_one_look_gone_back(bool refused)
    {
        Plane.Publish();
        Plane.Publish();
        await StartAsync(3);
        var damaged = Plane.Document!;
        damaged[^3] ^= 1;

        Plane.RestoreWithoutSnapshot("epoch-2", refused ? damaged : null);
        await Eventually.HoldsAsync(() => Running!.Get<ChannelState>() is { Epoch: "epoch-2", IsStreaming: true }, "the new epoch is followed");
        var asked = Plane.CountOf(ChannelRoutes.Trust);
        Running!.Get<ChannelState>().IsInStep = false;
        Plane.CutStreams();
        await Eventually.HoldsAsync(() => Plane.CountOf(ChannelRoutes.Trust) > asked && Running!.Get<ChannelState>() is { IsInStep: true, IsStreaming: true }, "it read everything again");

        Assert.Equal("epoch-2", Plane.Epoch);
        Assert.Equal("epoch-1", Running!.Get<ServingHolder>().Current!.Compiled.Source.Epoch);
    }
}
