using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Channel;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Changes;

public sealed class LogTrimmerTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Whoever_was_away_longer_than_the_log_is_kept_gets_a_reset(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var start = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(Cancel);
        var newest = start + LogTrimmer.KeptRows + 10;
        context.Changes.Add(new ChangeRow { Number = start + 1, Subject = ChangeSubject.Secrets, At = Samples.Now.AddDays(-2) });
        context.Changes.Add(new ChangeRow { Number = newest, Subject = ChangeSubject.Secrets, At = Samples.Now });
        await context.SaveChangesAsync(Cancel);
        await context.ChangeCounter.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Newest, newest), Cancel);

        await LogTrimmer.TrimAsync(context, Samples.Now, NullLogger.Instance, Cancel);

        Assert.True((await ReadAsync(plane, start)).Reset);
        var kept = await ReadAsync(plane, start + 1);
        Assert.False(kept.Reset);
        Assert.Equal([newest], kept.Changes.Select(change => change.Number));
    }

    private static async Task<Contracts.Channel.ChangeBatch> ReadAsync(TestPlane plane, long after)
    {
        await using var scope = plane.Scope();
        await using var context = plane.Open();
        var epoch = (await context.Installations.SingleAsync(Cancel)).Epoch;
        return (await scope.ServiceProvider.GetRequiredService<ChangeBatches>().ReadAsync(new OutpostIdentity(Guid.NewGuid(), "outpost"), after, epoch, Cancel)).Batch;
    }
}
