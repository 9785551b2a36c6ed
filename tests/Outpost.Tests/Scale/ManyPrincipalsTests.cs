using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Scale;

/// <summary>A large company: an outpost reads what changes, not everybody.</summary>
[Trait("Kind", "Slow")]
[Collection(nameof(RunsAlone))]
public sealed class ManyPrincipalsTests
{
    private const int Everybody = 100_000;
    private const int Changed = 100;

    // A copy of a principal is about 1 KB.
    private const long MostBytesEach = 2048;

    [Fact]
    public async Task With_a_hundred_thousand_principals_a_change_costs_what_the_change_is()
    {
        var folder = RunningOutpost.NewFolder();
        await using var plane = await FakeControlPlane.StartAsync();
        plane.Publish();
        var everybody = Enumerable.Range(0, Everybody).Select(i => plane.Put(SamplePrincipal.Create($"user-{i}"))).ToList();

        await LearnAndChangeAsync(plane, folder, everybody);
        await plane.StopAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var again = await RunningOutpost.StartAsync(plane, folder))
        {
            var principals = again.Get<PrincipalTable>();
            Assert.Equal(Everybody, principals.Count);
            Assert.True(principals.TryGet(everybody[0].Id, out var held) && !held!.Active);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, MostBytesEach * Everybody);
        }

        Directory.Delete(folder, recursive: true);
        await plane.RestartAsync();
    }

    private static async Task LearnAndChangeAsync(FakeControlPlane plane, string folder, List<Principal> everybody)
    {
        await using var outpost = await StartAsync(plane, folder);
        everybody.ForEach(outpost.Get<PrincipalTable>().Apply);

        await OneChangeIsOneReadAsync(plane, outpost, everybody[Everybody / 2]);
        await AResetReadsOnlyWhatChangedAsync(plane, outpost, everybody.Take(Changed).ToList());
    }

    private static async Task<RunningOutpost> StartAsync(FakeControlPlane plane, string folder)
    {
        var outpost = await RunningOutpost.StartAsync(plane, folder);
        await Eventually.HoldsAsync(() => outpost.Get<ServingHolder>().Current is not null && outpost.Get<ChannelState>().IsStreaming, "the outpost is in step");
        return outpost;
    }

    private static async Task OneChangeIsOneReadAsync(FakeControlPlane plane, RunningOutpost outpost, Principal somebody)
    {
        var principals = outpost.Get<PrincipalTable>();

        plane.Put(somebody with { Active = false });
        await Eventually.HoldsAsync(() => principals.TryGet(somebody.Id, out var held) && !held!.Active, "the change is held");

        Assert.Equal(1, plane.CountOf(RouteOf(somebody)));
        Assert.Equal(Everybody, principals.Count);
    }

    private static async Task AResetReadsOnlyWhatChangedAsync(FakeControlPlane plane, RunningOutpost outpost, List<Principal> changed)
    {
        var principals = outpost.Get<PrincipalTable>();
        var asked = plane.CountOf(ChannelRoutes.PrincipalRevisions);
        await plane.StopAsync();
        changed.ForEach(principal => plane.Put(principal with { Active = false }));
        plane.OldestKept = plane.Newest;
        await plane.RestartAsync();

        await Eventually.HoldsAsync(() => changed.TrueForAll(principal => principals.TryGet(principal.Id, out var held) && !held!.Active), "what changed is held");

        Assert.Equal(Everybody / PrincipalRevisionsRequest.MaxIds, plane.CountOf(ChannelRoutes.PrincipalRevisions) - asked);
        Assert.All(changed, principal => Assert.Equal(1, plane.CountOf(RouteOf(principal))));
    }

    private static string RouteOf(Principal principal) => $"{ChannelRoutes.Principals}/{principal.Id}";
}
