using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Installations;

public sealed class RestoreGuardTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
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

    private static async Task<string> EpochAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        return (await context.Installations.SingleAsync(Cancel)).Epoch;
    }
}
