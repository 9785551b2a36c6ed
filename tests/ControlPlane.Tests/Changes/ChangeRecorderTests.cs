using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Changes;

public sealed class ChangeRecorderTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Joining_and_leaving_a_group_changes_the_principal(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (user, group) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, user);

        await using (var context = plane.Open())
        {
            context.Remove(await context.Memberships.SingleAsync(membership => membership.UserId == user && membership.GroupId == group, Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        var row = Assert.Single(await RowsAfter(plane, before));
        Assert.Equal((ChangeSubject.Principal, user), (row.Subject, row.PrincipalId!.Value));
        Assert.Equal(row.Number, await RevisionOf(plane, user));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_deleted_group_changes_all_who_were_in_it(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (user, group) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, user);

        await using (var context = plane.Open())
        {
            context.Remove(await context.Groups.SingleAsync(row => row.Id == group, Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Equal([ChangeSubject.Principal, ChangeSubject.Model], (await RowsAfter(plane, before)).Select(row => row.Subject));
        Assert.True(await RevisionOf(plane, user) > before);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Moving_or_renaming_a_group_rewrites_no_member(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (user, group) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, user);

        await using (var context = plane.Open())
        {
            var parent = context.Groups.Add(new Group { Name = "everybody" }).Entity;
            var staff = await context.Groups.SingleAsync(row => row.Id == group, Cancel);
            staff.Name = "crew";
            staff.Parents.Add(parent);
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Equal([ChangeSubject.Model], (await RowsAfter(plane, before)).Select(row => row.Subject));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Moving_a_group_under_one_with_attributes_changes_its_members(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (user, group) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, user);

        await using (var context = plane.Open())
        {
            var parent = new Group { Name = "everybody", Attributes = JsonObjects.Parse("""{"backend_user": "shared"}""") };
            context.Groups.Add(parent);
            await context.SaveChangesAsync(Cancel);
            context.GroupParents.Add(new GroupParent { GroupId = group, ParentId = parent.Id });
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Contains(await RowsAfter(plane, before), row => row.PrincipalId == user);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_session_that_begins_or_ends_changes_the_principal(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (user, _) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, user);
        await using var context = plane.Open();
        var session = context.Sessions.Add(Samples.Session(user)).Entity;
        await context.SaveChangesAsync(Cancel);
        var begun = await RevisionOf(plane, user);

        session.LastUsedAt = session.LastUsedAt.AddMinutes(1);
        await context.SaveChangesAsync(Cancel);
        var used = await RevisionOf(plane, user);
        context.Remove(session);
        await context.SaveChangesAsync(Cancel);

        Assert.True(begun > before);
        Assert.Equal(begun, used);
        Assert.True(await RevisionOf(plane, user) > used);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task What_no_outpost_knows_of_takes_no_number(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var (id, _) = await AnaInStaffAsync(plane);
        var before = await RevisionOf(plane, id);
        await using var context = plane.Open();
        var user = await context.Users.SingleAsync(row => row.Id == id, Cancel);

        user.LastLogin = Samples.Now;
        user.PasswordHash = "hash";
        await context.SaveChangesAsync(Cancel);

        Assert.Empty(await RowsAfter(plane, before));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_token_of_a_deleted_outpost_is_remembered_as_withdrawn(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var outpost = await context.Outposts.Include(row => row.ServiceAccount).SingleAsync(Cancel);
        var token = await context.Tokens.AsNoTracking().SingleAsync(row => row.UserId == outpost.ServiceAccountId, Cancel);
        var before = await NewestOf(plane);

        context.RemoveRange(outpost, outpost.ServiceAccount!);
        await context.SaveChangesAsync(Cancel);

        Assert.Equal(Goodbye.OutpostDeleted, (await context.RetiredOutpostTokens.SingleAsync(row => row.Hash == token.Hash, Cancel)).Reason);
        Assert.Contains(await RowsAfter(plane, before), row => row.Subject == ChangeSubject.Outpost && row.OutpostId == outpost.Id);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_replaced_token_of_an_outpost_is_remembered_as_withdrawn(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var outpost = await context.Outposts.SingleAsync(Cancel);
        var token = await context.Tokens.SingleAsync(row => row.UserId == outpost.ServiceAccountId, Cancel);
        var old = token.Hash;

        token.Hash = [1, 2, 3];
        await context.SaveChangesAsync(Cancel);

        Assert.Equal(Goodbye.TokenRevoked, (await context.RetiredOutpostTokens.SingleAsync(row => row.Hash == old, Cancel)).Reason);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Nobody_hears_of_a_number_before_its_commit_or_after_a_rollback(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var feed = plane.Services.GetRequiredService<ChangeFeed>();
        var before = feed.Newest;
        await using (var context = plane.Open())
        {
            await using var write = await context.BeginWriteAsync(Cancel);
            context.Users.Add(Samples.User("rolled-back"));
            await context.SaveChangesAsync(Cancel);
            Assert.Equal(before, feed.Newest);
        }

        Assert.Equal(before, feed.Newest);
        await using (var context = plane.Open())
        {
            await using var write = await context.BeginWriteAsync(Cancel);
            context.Users.Add(Samples.User("ana"));
            await context.SaveChangesAsync(Cancel);
            await write.CommitAsync(Cancel);
        }

        Assert.Equal(before + 1, feed.Newest);
        Assert.Equal(before + 1, await NewestOf(plane));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Users_get_numbers_that_are_never_used_again(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var ana = context.Users.Add(Samples.User("ana")).Entity;
        await context.SaveChangesAsync(Cancel);
        context.Remove(ana);
        await context.SaveChangesAsync(Cancel);
        var ben = context.Users.Add(Samples.User("ben")).Entity;
        await context.SaveChangesAsync(Cancel);

        Assert.True(ben.Pk > ana.Pk);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_reader_that_follows_the_log_misses_nothing_that_many_writers_commit(DatabaseKind kind)
    {
        const int writers = 8;
        const int each = 12;
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var start = await NewestOf(plane);
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < each; i++)
                {
                    await using var context = plane.Open();
                    context.Users.Add(Samples.User($"user-{writer}-{i}"));
                    await context.SaveChangesAsync(Cancel);
                }
            },
            Cancel)));

        var seen = new List<long>();
        while (seen.Count < writers * each)
        {
            Assert.False(writing.IsFaulted, writing.Exception?.ToString());
            seen.AddRange((await RowsAfter(plane, seen.Count == 0 ? start : seen[^1])).Select(row => row.Number));
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, writers * each).Select(i => start + i), seen);
    }

    // Each transaction has written before either commits, and they commit in the reverse order of their first writes.
    [Fact]
    public async Task Two_interleaved_transactions_that_commit_in_reverse_order_lose_no_change()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres);
        var start = await NewestOf(plane);
        await using var first = plane.Open();
        await using var second = plane.Open();
        await using var firstWrite = await first.BeginWriteAsync(Cancel);
        await using var secondWrite = await second.BeginWriteAsync(Cancel);
        await first.Database.ExecuteSqlAsync($"UPDATE brands SET branding_title = 'first'", Cancel);
        second.Users.Add(Samples.User("second"));
        await second.SaveChangesAsync(Cancel);
        first.Users.Add(Samples.User("first"));

        // The second holds the counter until it commits: the first waits for its number.
        var firstSaves = first.SaveChangesAsync(Cancel);
        Assert.Empty(await RowsAfter(plane, start));
        await secondWrite.CommitAsync(Cancel);
        await firstSaves;
        var readBetween = await RowsAfter(plane, start);
        await firstWrite.CommitAsync(Cancel);
        var readAfter = await RowsAfter(plane, readBetween.Max(row => row.Number));

        Assert.Equal([start + 1], readBetween.Select(row => row.Number));
        Assert.Equal([start + 2], readAfter.Select(row => row.Number));
    }

    private static async Task<(Guid User, Guid Group)> AnaInStaffAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        var group = new Group { Name = "staff" };
        var user = Samples.User("ana");
        user.Groups.Add(group);
        context.Add(user);
        await context.SaveChangesAsync(Cancel);

        // So that what follows comes after everything that the addition caused.
        user.Name = "Ana";
        await context.SaveChangesAsync(Cancel);
        return (user.Id, group.Id);
    }

    private static async Task<long> RevisionOf(TestPlane plane, Guid user)
    {
        await using var context = plane.Open();
        return await context.Users.Where(row => row.Id == user).Select(row => row.Revision).SingleAsync(Cancel);
    }

    private static async Task<long> NewestOf(TestPlane plane)
    {
        await using var context = plane.Open();
        return await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(Cancel);
    }

    private static async Task<List<ChangeRow>> RowsAfter(TestPlane plane, long number)
    {
        await using var context = plane.Open();
        return await context.Changes.AsNoTracking().Where(row => row.Number > number).OrderBy(row => row.Number).ToListAsync(Cancel);
    }
}
