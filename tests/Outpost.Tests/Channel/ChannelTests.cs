using Microsoft.AspNetCore.Http;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Channel;

/// <summary>An outpost and its control plane over real connections: what each change and each fault leads to.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private readonly string _folder = RunningOutpost.NewFolder();
    private FakeControlPlane _plane = null!;
    private RunningOutpost? _outpost;

    private long Revision => _outpost!.Get<ServingHolder>().Current?.Compiled.Source.Revision ?? 0;

    private PrincipalTable Principals => _outpost!.Get<PrincipalTable>();

    private string State => Path.Combine(_folder, "outpost");

    public async ValueTask InitializeAsync()
    {
        _plane = await FakeControlPlane.StartAsync();
        _plane.Publish();
    }

    public async ValueTask DisposeAsync()
    {
        if (_outpost is not null)
        {
            await _outpost.DisposeAsync();
        }

        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Learns_trust_registers_and_serves_the_first_snapshot()
    {
        await StartAsync();

        Assert.Equal(_plane.Installation, _outpost!.Get<TrustKeeper>().Pinned!.Installation);
        Assert.Equal(_outpost.Get<Assertions.AssertionKey>().Public, Assert.Single(_plane.Registrations).AssertionKey);
        Assert.False(_outpost.Get<ContactClock>().IsStale(strict: true));
    }

    [Fact]
    public async Task A_published_change_arrives_over_the_stream()
    {
        await StartAsync();

        _plane.Publish();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
    }

    [Fact]
    public async Task A_changed_principal_is_replaced_and_a_removed_one_dropped()
    {
        await StartAsync();
        var ana = await HoldAsync();

        _plane.Put(ana with { Active = false });
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the inactive copy is held");
        _plane.Remove(ana.Id);
        await Eventually.HoldsAsync(() => !Principals.TryGet(ana.Id, out _), "no copy is held");
    }

    [Fact]
    public async Task A_revoked_principal_stops_deciding_while_the_new_one_is_still_being_read()
    {
        await StartAsync();
        var ana = await HoldAsync();
        var gate = new TaskCompletionSource();
        _plane.PrincipalGate = gate.Task;

        _plane.Put(ana with { Active = false });

        await Eventually.HoldsAsync(() => !Principals.TryGet(ana.Id, out _), "the old copy does not decide");
        gate.SetResult();
    }

    [Fact]
    public async Task Without_the_stream_changes_arrive_by_asking()
    {
        await StartAsync();
        _plane.RefusesStreams = true;
        _plane.CutStreams();

        _plane.Publish();
        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 came by polling");
        _plane.RefusesStreams = false;

        await Eventually.HoldsAsync(() => _outpost!.Get<ChannelState>().IsStreaming, "the stream is back");
    }

    [Fact]
    public async Task What_was_missed_while_away_is_told_when_the_stream_resumes()
    {
        await StartAsync();
        var ana = await HoldAsync();
        await _plane.StopAsync();
        _plane.Put(ana with { Active = false });
        _plane.Publish();

        await _plane.RestartAsync();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the change of the principal arrived");
    }

    [Fact]
    public async Task A_reset_reads_everything_again()
    {
        await StartAsync();
        var ana = await HoldAsync();
        await _plane.StopAsync();
        _plane.Put(ana with { Active = false });
        _plane.Publish();
        _plane.OldestKept = _plane.Newest;

        await _plane.RestartAsync();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the revisions were compared");
    }

    [Fact]
    public async Task A_restored_database_is_accepted_from_the_live_channel_and_old_copies_go()
    {
        _plane.Publish();
        await StartAsync(2);
        var ana = await HoldAsync();

        _plane.Restore("epoch-2");

        await Eventually.HoldsAsync(() => _outpost!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "epoch-2", "the new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && held!.Revision == 1, "the copy of the new epoch is held");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_control_plane_that_did_not_notice_that_its_database_went_back_is_told(bool restarted)
    {
        await StartAsync();
        var ana = await HoldAsync();
        await _plane.StopAsync();
        if (restarted)
        {
            await _outpost!.DisposeAsync();
        }

        _plane.GoBack(ana with { Active = false });
        await _plane.RestartAsync();
        _outpost = restarted ? await RunningOutpost.StartAsync(_plane, _folder) : _outpost;

        await Eventually.HoldsAsync(() => _outpost!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "after epoch-1", "a new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the copy of the backup is held");
    }

    [Fact]
    public async Task A_principal_newer_than_all_that_was_told_shows_that_the_database_went_back()
    {
        await StartAsync();
        _plane.IsSilent = true;
        var ana = await HoldAsync();
        await _plane.StopAsync();

        _plane.GoBack(ana with { Active = false });
        _plane.IsSilent = false;
        await _plane.RestartAsync();

        await Eventually.HoldsAsync(() => _outpost!.Get<ServingHolder>().Current?.Compiled.Source.Epoch == "after epoch-1", "a new epoch is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the copy of the backup is held");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_snapshot_of_the_last_epoch_does_not_make_the_new_one_look_gone_back(bool refused)
    {
        _plane.Publish();
        _plane.Publish();
        await StartAsync(3);
        var damaged = _plane.Document!;
        damaged[^3] ^= 1;

        _plane.RestoreWithoutSnapshot("epoch-2", refused ? damaged : null);
        await Eventually.HoldsAsync(() => _outpost!.Get<ChannelState>() is { Epoch: "epoch-2", IsStreaming: true }, "the new epoch is followed");
        var asked = _plane.CountOf(ChannelRoutes.Trust);
        _outpost!.Get<ChannelState>().IsInStep = false;
        _plane.CutStreams();
        await Eventually.HoldsAsync(() => _plane.CountOf(ChannelRoutes.Trust) > asked && _outpost!.Get<ChannelState>() is { IsInStep: true, IsStreaming: true }, "it read everything again");

        Assert.Equal("epoch-2", _plane.Epoch);
        Assert.Equal("epoch-1", _outpost!.Get<ServingHolder>().Current!.Compiled.Source.Epoch);
    }

    [Fact]
    public async Task An_endorsed_key_is_trusted()
    {
        await StartAsync();
        var before = _plane.SnapshotKey;
        _plane.SnapshotKey = EcKeys.Create();
        _plane.SnapshotKeys.Add(KeyEndorsement.Endorse(EcKeys.Publish(_plane.SnapshotKey), before));

        _plane.Publish();

        await Eventually.HoldsAsync(() => Revision == 2, "the snapshot of the new key is served");
        before.Dispose();
    }

    [Fact]
    public async Task A_key_that_nobody_endorsed_is_not_trusted_and_the_last_good_snapshot_stays()
    {
        await StartAsync();
        _plane.SnapshotKey = EcKeys.Create();
        _plane.SnapshotKeys.Add(new EndorsedKey { Key = EcKeys.Publish(_plane.SnapshotKey) });

        _plane.Publish();

        await RefusedAsync("not trusted");
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_counted_and_reported()
    {
        await StartAsync();
        _plane.Publish();
        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        var damaged = SnapshotDocument.Write(_plane.Snapshot! with { Revision = 3 }, _plane.SnapshotKey);
        damaged[^3] ^= 1;

        Send(damaged);

        await RefusedAsync("checksum", standing: 2);
        await Eventually.HoldsAsync(() => _plane.Reports.Any(report => report.Rejected is not null), "the report names the refusal");
    }

    [Fact]
    public async Task A_forged_snapshot_is_refused()
    {
        await StartAsync();
        using var stranger = EcKeys.Create();
        var forged = SnapshotDocument.Write(_plane.Snapshot! with { Revision = 9 }, stranger);

        Send(forged);

        await RefusedAsync("not trusted");
    }

    [Fact]
    public async Task An_older_revision_is_refused()
    {
        _plane.Publish();
        await StartAsync(2);

        Send(SnapshotDocument.Write(_plane.Snapshot! with { Revision = 1 }, _plane.SnapshotKey));

        await RefusedAsync("older", standing: 2);
    }

    [Fact]
    public async Task A_snapshot_of_another_epoch_is_refused_while_the_channel_does_not_name_it()
    {
        await StartAsync();

        Send(SnapshotDocument.Write(_plane.Snapshot! with { Revision = 9, Epoch = "other" }, _plane.SnapshotKey));

        await RefusedAsync("epoch");
    }

    [Fact]
    public async Task A_goodbye_stops_serving_and_deletes_the_state()
    {
        await StartAsync();

        SayGoodbye(_plane.Installation);

        await Eventually.HoldsAsync(() => _outpost!.Get<ServingHolder>().Current is null, "nothing is served");
        await Eventually.HoldsAsync(() => !File.Exists(Path.Combine(State, "trust")) && !File.Exists(Path.Combine(State, "snapshot")), "the state is gone");
    }

    [Fact]
    public async Task A_goodbye_of_a_stranger_and_a_bare_refusal_change_nothing()
    {
        await StartAsync();

        SayGoodbye(Guid.NewGuid());
        await Eventually.HoldsAsync(() => _outpost!.Logged(2013), "the goodbye was heard");
        _plane.Instead = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        await Eventually.HoldsAsync(() => _plane.CountOf(ChannelRoutes.Changes) > 2, "it was asked again");

        Assert.Equal(1, Revision);
        Assert.True(File.Exists(Path.Combine(State, "trust")));
    }

    [Fact]
    public async Task Something_else_at_the_address_stops_the_first_start()
    {
        _plane.Instead = context =>
        {
            context.Response.Headers["X-Powered-By"] = "authentik";
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>");
        };

        _outpost = await RunningOutpost.StartAsync(_plane, _folder);

        await Eventually.HoldsAsync(() => _outpost.Get<OutpostExit>().Code == 2, "the program ends with a code");
        Assert.Contains(_outpost.Log.GetSnapshot(), record => record.Id.Id == 2008 && record.Message.Contains("authentik server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_locally_ended_session_is_delivered_when_the_control_plane_is_there()
    {
        await StartAsync();
        var sid = Guid.NewGuid();

        Principals.EndSession(sid);

        Assert.True(Principals.IsEnded(sid));
        await Eventually.HoldsAsync(() => _plane.EndedSessions.Contains(sid), "the control plane knows");
        Assert.True(Principals.IsEnded(sid));
    }

    [Fact]
    public async Task An_outpost_that_starts_first_waits_and_recovers_alone()
    {
        _plane.Document = null;
        _outpost = await RunningOutpost.StartAsync(_plane, _folder);
        var (status, body) = await RunningOutpost.GetAsync(new Uri(_outpost.MetricsAddress, "/-/health/ready/"));
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("no-snapshot", body, StringComparison.Ordinal);

        _plane.Publish();

        await Eventually.HoldsAsync(() => Revision > 0, "a snapshot is served");
    }

    private async Task StartAsync(long revision = 1)
    {
        _outpost = await RunningOutpost.StartAsync(_plane, _folder);
        await Eventually.HoldsAsync(() => Revision == revision, "the first snapshot is served");
        await Eventually.HoldsAsync(() => _outpost.Get<ChannelState>().IsStreaming, "the stream is up");
    }

    private async Task<Contracts.Principals.Principal> HoldAsync()
    {
        var ana = _plane.Put(SamplePrincipal.Create());
        var found = await Principals.FetchAsync(ana.Id, ana.Revision, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(PrincipalLookupStatus.Found, found.Status);
        return ana;
    }

    private void Send(byte[] document)
    {
        _plane.Document = document;
        _plane.ForgetsTags = true;
        _plane.AnnounceDocument();
    }

    private async Task RefusedAsync(string why, long standing = 1)
    {
        await Eventually.HoldsAsync(() => _outpost!.Get<SnapshotReceiver>().Refusals > 0, "the snapshot is refused");
        Assert.Contains(why, _outpost!.Get<SnapshotReceiver>().LastRefusal, StringComparison.Ordinal);
        Assert.Equal(standing, Revision);
    }

    private void SayGoodbye(Guid installation)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new Goodbye { Reason = Goodbye.TokenRevoked, Installation = installation }, ContractsJson.Default.Goodbye);
        _plane.Instead = context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers[ChannelRoutes.TimeHeader] = "1";
            return context.Response.Body.WriteAsync(body).AsTask();
        };
        _plane.CutStreams();
    }
}
