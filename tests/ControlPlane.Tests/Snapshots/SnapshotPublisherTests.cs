using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Snapshots;

public sealed class SnapshotPublisherTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_groups_that_an_outpost_needs_are_in_its_snapshot()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        await Scene.BuildAsync(plane);
        await using var context = plane.Open();
        (await context.ProxyProviders.SingleAsync(Cancel)).GroupChoice = GroupChoice.Bound;
        var staff = await context.Groups.SingleAsync(group => group.Name == "staff", Cancel);
        var night = new Group { Name = "night shift" };
        night.Parents.Add(staff);
        context.AddRange(night, new Group { Name = "elsewhere" });
        await context.SaveChangesAsync(Cancel);

        var bound = await BuildAsync(plane);
        var provider = await context.ProxyProviders.SingleAsync(Cancel);
        provider.GroupChoice = GroupChoice.Prefix;
        provider.GroupPrefix = "else";
        await context.SaveChangesAsync(Cancel);
        var prefix = await BuildAsync(plane);
        provider.GroupChoice = GroupChoice.All;
        await context.SaveChangesAsync(Cancel);
        var all = await BuildAsync(plane);

        Assert.Equal(["night shift", "staff"], NamesOf(bound));
        Assert.Equal(["elsewhere", "night shift", "staff"], NamesOf(prefix));
        Assert.Equal(["authentik Admins", "elsewhere", "night shift", "staff"], NamesOf(all));
        Assert.Equal([staff.Id], bound.Groups.Single(group => group.Name == "night shift").Parents);
    }

    [Fact]
    public async Task An_application_whose_only_group_is_deleted_stays_closed()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        await using var context = plane.Open();
        context.Remove(await context.Groups.SingleAsync(group => group.Id == scene.Staff, Cancel));
        await context.SaveChangesAsync(Cancel);

        var binding = Assert.Single(Assert.Single((await BuildAsync(plane)).Applications).Bindings);

        Assert.Equal(BindingSubject.Unknown, binding.Subject);
        Assert.False(binding.FailureResult);
        var application = await context.Applications.SingleAsync(Cancel);
        var ana = await context.Users.SingleAsync(user => user.Id == scene.Ana, Cancel);
        Assert.Equal(Decisions.Verdict.Deny, (await ControlPlane.Policies.AccessCheck.DecideAsync(context, application, ana, Cancel)).Verdict);
    }

    [Fact]
    public async Task The_access_check_follows_parent_groups()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        await Scene.BuildAsync(plane);
        await using var context = plane.Open();
        var staff = await context.Groups.SingleAsync(group => group.Name == "staff", Cancel);
        var night = new Group { Name = "night shift" };
        night.Parents.Add(staff);
        var ben = Samples.User("ben");
        ben.Groups.Add(night);
        var eve = Samples.User("eve");
        context.AddRange(night, ben, eve);
        await context.SaveChangesAsync(Cancel);
        var application = await context.Applications.SingleAsync(Cancel);

        Assert.Equal(Decisions.Verdict.Allow, (await ControlPlane.Policies.AccessCheck.DecideAsync(context, application, ben, Cancel)).Verdict);
        Assert.Equal(Decisions.Verdict.Deny, (await ControlPlane.Policies.AccessCheck.DecideAsync(context, application, eve, Cancel)).Verdict);
    }

    private static IEnumerable<string> NamesOf(Snapshot snapshot) => snapshot.Groups.Select(group => group.Name).Order(StringComparer.Ordinal);

    private static async Task<Snapshot> BuildAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        var source = await SnapshotSource.ReadAsync(context, Samples.Now, Cancel);
        return SnapshotBuilder.Build(source, source.Outposts.Single(), Samples.Now);
    }
}
