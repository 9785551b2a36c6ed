using Microsoft.AspNetCore.Http;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;

namespace Sidecar.Outpost.Tests.Channel;

/// <summary>A control plane that is away, that dismisses the outpost, or that is none.</summary>
public sealed class ChannelLossTests : ChannelTest
{
    [Fact]
    public async Task Without_the_stream_changes_arrive_by_asking()
    {
        await StartAsync();
        Plane.RefusesStreams = true;
        Plane.CutStreams();

        Plane.Publish();
        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 came by polling");
        Plane.RefusesStreams = false;

        await Eventually.HoldsAsync(() => Running!.Get<ChannelState>().IsStreaming, "the stream is back");
    }

    [Fact]
    public async Task What_was_missed_while_away_is_told_when_the_stream_resumes()
    {
        await StartAsync();
        var ana = await HoldAsync();
        await Plane.StopAsync();
        Plane.Put(ana with { Active = false });
        Plane.Publish();

        await Plane.RestartAsync();

        await Eventually.HoldsAsync(() => Revision == 2, "revision 2 is served");
        await Eventually.HoldsAsync(() => Principals.TryGet(ana.Id, out var held) && !held!.Active, "the change of the principal arrived");
    }

    [Fact]
    public async Task A_goodbye_stops_serving_and_deletes_the_state()
    {
        await StartAsync();

        SayGoodbye(Plane.Installation);

        await Eventually.HoldsAsync(() => Running!.Get<ServingHolder>().Current is null, "nothing is served");
        await Eventually.HoldsAsync(() => !File.Exists(Path.Combine(State, "trust")) && !File.Exists(Path.Combine(State, "snapshot")), "the state is gone");
    }

    [Fact]
    public async Task A_goodbye_of_a_stranger_and_a_bare_refusal_change_nothing()
    {
        await StartAsync();

        SayGoodbye(Guid.NewGuid());
        await Eventually.HoldsAsync(() => Running!.Logged(2013), "the goodbye was heard");
        Plane.Instead = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        await Eventually.HoldsAsync(() => Plane.CountOf(ChannelRoutes.Changes) > 2, "it was asked again");

        Assert.Equal(1, Revision);
        Assert.True(File.Exists(Path.Combine(State, "trust")));
    }

    [Fact]
    public async Task Something_else_at_the_address_stops_the_first_start()
    {
        Plane.Instead = context =>
        {
            context.Response.Headers["X-Powered-By"] = "authentik";
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>");
        };

        Running = await RunningOutpost.StartAsync(Plane, Folder);

        await Eventually.HoldsAsync(() => Running.Get<OutpostExit>().Code == 2, "the program ends with a code");
        Assert.Contains(Running.Log.GetSnapshot(), record => record.Id.Id == 2008 && record.Message.Contains("authentik server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_locally_ended_session_is_delivered_when_the_control_plane_is_there()
    {
        await StartAsync();
        var sid = Guid.NewGuid();

        Principals.EndSession(sid);

        Assert.True(Principals.IsEnded(sid));
        await Eventually.HoldsAsync(() => Plane.EndedSessions.Contains(sid), "the control plane knows");
        Assert.True(Principals.IsEnded(sid));
    }

    [Fact]
    public async Task An_outpost_that_starts_first_waits_and_recovers_alone()
    {
        Plane.Document = null;
        Running = await RunningOutpost.StartAsync(Plane, Folder);
        var (status, body) = await RunningOutpost.GetAsync(new Uri(Running.MetricsAddress, "/-/health/ready/"));
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("no-snapshot", body, StringComparison.Ordinal);

        Plane.Publish();

        await Eventually.HoldsAsync(() => Revision > 0, "a snapshot is served");
    }
}
