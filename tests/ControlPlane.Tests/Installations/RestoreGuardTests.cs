using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Installations;

public sealed class RestoreGuardTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_database_that_went_back_begins_a_new_epoch(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var guard = plane.Services.GetRequiredService<RestoreGuard>();
        var first = await EpochAsync(plane);

        await guard.CheckAsync(Cancel);
        var unchanged = await EpochAsync(plane);
        await using (var context = plane.Open())
        {
            await context.ChangeCounter.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Newest, counter => counter.Newest - 1), Cancel);
            var newest = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(Cancel);
            await context.Changes.Where(row => row.Number > newest).ExecuteDeleteAsync(Cancel);
        }

        await guard.CheckAsync(Cancel);

        Assert.Equal(first, unchanged);
        Assert.NotEqual(first, await EpochAsync(plane));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_outpost_that_has_seen_more_begins_a_new_epoch_once(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, [.. Scene.Environment]);
        using var outpost = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var first = await EpochAsync(plane);
        const long seen = 1_000_000;

        var told = await AskAsync(outpost, seen, first);
        var again = await AskAsync(outpost, seen, first);
        var other = await AskAsync(outpost, long.MaxValue, "an epoch of long ago");

        Assert.True(told.Reset);
        Assert.NotEqual(first, told.Epoch);
        Assert.Equal((told.Epoch, true), (again.Epoch, again.Reset));
        Assert.Equal((told.Epoch, true), (other.Epoch, other.Reset));
    }

    [Fact]
    public async Task A_database_that_is_away_for_a_moment_stops_nothing()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        var log = new FakeLogCollector();
        plane.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FakeLoggerProvider(log));
        await plane.StartAsync();
        await using var context = plane.Open();
        var end = await LogEnd.ReadAsync(context, Cancel);

        await context.Database.ExecuteSqlAsync($"ALTER TABLE change_counter RENAME TO away", Cancel);
        plane.Services.GetRequiredService<ChangeFeed>().Announce(end.Newest + 1);
        await Eventually.HoldsAsync(() => Task.FromResult(log.GetSnapshot().Any(record => record.Id.Id == 2502)), "the guard could not read");
        await context.Database.ExecuteSqlAsync($"UPDATE away SET newest = newest + 1", Cancel);
        await context.Database.ExecuteSqlAsync($"ALTER TABLE away RENAME TO change_counter", Cancel);

        var mark = Path.Combine(plane.StateFolder, "newest-change");
        await Eventually.HoldsAsync(async () => await File.ReadAllTextAsync(mark, Cancel) == $"{end.Epoch} {end.Newest + 1}", "the guard goes on");
        Assert.False(plane.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    private static async Task<ChangeBatch> AskAsync(ChannelClient outpost, long after, string epoch) =>
        (await outpost.GetAsync($"{ChannelRoutes.Changes}?after={after}&epoch={Uri.EscapeDataString(epoch)}", ContractsJson.Default.ChangeBatch))!;

    private static async Task<string> EpochAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        return (await context.Installations.SingleAsync(Cancel)).Epoch;
    }
}
