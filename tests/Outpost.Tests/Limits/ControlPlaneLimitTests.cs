using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Limits;

/// <summary>A control plane, or what stands in its place, that sends more than it should.</summary>
public sealed class ControlPlaneLimitTests
{
    // What an answer may have, and what lies in the buffers of both sides.
    private const long Most = 32 * 1024 * 1024;

    [Theory]
    [InlineData(200, "text/event-stream")]
    [InlineData(401, "application/json")]
    [InlineData(404, "text/html")]
    public async Task An_endless_answer_is_cut_off_and_the_last_good_snapshot_stays(int status, string type)
    {
        var folder = RunningOutpost.NewFolder();
        await using var plane = await FakeControlPlane.StartAsync();
        plane.Publish();
        await using (var outpost = await RunningOutpost.StartAsync(plane, folder))
        {
            await Eventually.HoldsAsync(() => outpost.Get<ServingHolder>().Current is not null && outpost.Get<ChannelState>().IsStreaming, "the outpost is in step");
            await plane.StopAsync();
            await using (var flood = new FloodingServer(plane.Address.Port, status, type))
            {
                Assert.InRange(await flood.Taken.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), 1, Most);
            }

            Assert.NotNull(outpost.Get<ServingHolder>().Current);
        }

        Directory.Delete(folder, recursive: true);
        await plane.RestartAsync();
    }

    [Fact]
    public async Task A_principal_larger_than_any_is_not_read()
    {
        var folder = RunningOutpost.NewFolder();
        await using var plane = await FakeControlPlane.StartAsync();
        plane.Publish();
        await using (var outpost = await RunningOutpost.StartAsync(plane, folder))
        {
            await Eventually.HoldsAsync(() => outpost.Get<ServingHolder>().Current is not null, "the outpost serves");
            var somebody = plane.Put(SamplePrincipal.Create() with { Name = new string('a', (int)ChannelHttp.InteractiveBytes) });

            var lookup = await outpost.Get<ControlPlaneClient>().GetPrincipalAsync(somebody.Id, TestContext.Current.CancellationToken);

            Assert.Equal(default, lookup);
        }

        Directory.Delete(folder, recursive: true);
    }
}
