using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Storage;

public sealed class WriteLaneTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_of_its_own_waits_for_the_writers_before_it()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await using var one = plane.Open();
        await using var two = plane.Open();
        await using var three = plane.Open();
        Task<int> deleting, updating;
        await using (await one.BeginWriteAsync(Cancel))
        {
            // SQLite works synchronously: whatever does not wait in the lane is over, or has failed, when it returns.
            deleting = two.FlowRuns.ExecuteDeleteAsync(Cancel);
            updating = three.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.Ip, ""), Cancel);
            Assert.False(deleting.IsCompleted);
            Assert.False(updating.IsCompleted);
        }

        Assert.Equal(0, await deleting);
        Assert.Equal(0, await updating);
    }

    [Fact]
    public async Task A_statement_in_a_transaction_has_its_turn_already()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await using var context = plane.Open();
        await using (var write = await context.BeginWriteAsync(Cancel))
        {
            await context.FlowRuns.ExecuteDeleteAsync(Cancel);
            await write.CommitAsync(Cancel);
        }

        await context.FlowRuns.ExecuteDeleteAsync(Cancel);
    }

    [Fact]
    public async Task A_statement_that_fails_or_is_given_up_leaves_the_lane()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await using var context = plane.Open();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.FlowRuns.ExecuteDeleteAsync(gone.Token));
        await Assert.ThrowsAnyAsync<Exception>(() => context.Flows.ExecuteUpdateAsync(set => set.SetProperty(flow => flow.Slug, "the same"), Cancel));

        await context.FlowRuns.ExecuteDeleteAsync(Cancel);
    }
}
