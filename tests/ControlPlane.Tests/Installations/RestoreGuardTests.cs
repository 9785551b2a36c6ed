using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
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

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_database_that_goes_back_under_a_running_server_is_published_under_a_new_epoch(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, [.. Scene.Environment]);
        LogEnd start;
        await using (var context = plane.Open())
        {
            start = await LogEnd.ReadAsync(context, Cancel);
        }

        using var outpost = new ChannelClient(await plane.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(plane);
        await Eventually.HoldsAsync(async () => await PublishedEpochAsync(outpost) == start.Epoch, "the first epoch is published");

        var seen = await GoBackAsync(plane, start.Newest - 1);
        if (kind == DatabaseKind.Sqlite)
        {
            // On PostgreSQL the server notices alone.
            await AskAsync(outpost, seen, start.Epoch);
        }

        await Eventually.HoldsAsync(async () => await PublishedEpochAsync(outpost) is { } published && published != start.Epoch, "the new epoch is published");
        var trust = (await outpost.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var stream = await outpost.StreamAsync(trust.Epoch, trust.Newest);
        await scene.BeginSessionAsync();
        var batch = JsonSerializer.Deserialize((await stream.NextAsync("changes")).Data, ContractsJson.Default.ChangeBatch)!;
        Assert.True(trust.Newest < seen, "its numbers are below those that were known");
        Assert.Contains(batch.Changes, change => change.Principal == scene.Ana);
    }

    [Fact]
    public async Task The_word_of_outposts_begins_one_epoch_in_five_minutes()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        var time = new FakeTimeProvider(Samples.Now);
        using var guard = ActivatorUtilities.CreateInstance<RestoreGuard>(plane.Services, time);
        var epochs = new List<string> { await EpochAsync(plane) };

        foreach (var wait in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(1)])
        {
            time.Advance(wait);
            await guard.SeenAsync("outpost", epochs[^1], 1_000_000, Cancel);
            epochs.Add(await EpochAsync(plane));
        }

        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs[1], epochs[2]);
        Assert.NotEqual(epochs[2], epochs[3]);
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
        await Eventually.HoldsAsync(async () => long.Parse((await File.ReadAllTextAsync(mark, Cancel)).Split(' ')[1], CultureInfo.InvariantCulture) > end.Newest, "the guard goes on");
        Assert.False(plane.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    private static async Task<ChangeBatch> AskAsync(ChannelClient outpost, long after, string epoch) =>
        (await outpost.GetAsync($"{ChannelRoutes.Changes}?after={after}&epoch={Uri.EscapeDataString(epoch)}", ContractsJson.Default.ChangeBatch))!;

    /// <summary>The database as a backup would have it; the newest number that it had.</summary>
    private static async Task<long> GoBackAsync(TestPlane plane, long number)
    {
        await using var context = plane.Open();
        await using var write = await context.BeginWriteAsync(Cancel);
        await ChangeRecorder.LockAsync(context, Cancel);
        var seen = (await LogEnd.ReadAsync(context, Cancel)).Newest;
        await context.Changes.Where(row => row.Number > number).ExecuteDeleteAsync(Cancel);
        await context.Snapshots.Where(row => row.ChangeNumber > number).ExecuteDeleteAsync(Cancel);
        await context.ChangeCounter.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Newest, number), Cancel);
        await write.CommitAsync(Cancel);
        return seen;
    }

    private static async Task<string?> PublishedEpochAsync(ChannelClient outpost)
    {
        using var response = await outpost.GetAsync(ChannelRoutes.Snapshot);
        return response.IsSuccessStatusCode ? response.Headers.ETag!.Tag.Trim('"').Split('.')[0] : null;
    }

    private static async Task<string> EpochAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        return (await context.Installations.SingleAsync(Cancel)).Epoch;
    }
}
