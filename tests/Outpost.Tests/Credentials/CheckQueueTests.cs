using Sidecar.Outpost.Credentials;

namespace Sidecar.Outpost.Tests.Credentials;

public sealed class CheckQueueTests
{
    [Fact]
    public async Task Eight_run_some_wait_and_the_rest_are_told_to_come_back_at_once()
    {
        using var queue = new CheckQueue();
        var cancel = TestContext.Current.CancellationToken;
        for (var i = 0; i < 8; i++)
        {
            Assert.True(await queue.TryEnterAsync(cancel));
        }

        var waiting = Enumerable.Range(0, 64).Select(_ => queue.TryEnterAsync(cancel).AsTask()).ToList();
        var tooMany = queue.TryEnterAsync(cancel);
        Assert.True(tooMany.IsCompleted);
        Assert.False(await tooMany);

        queue.Leave();
        Assert.Contains(true, await Task.WhenAll(await Task.WhenAny(waiting)));
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Who_gives_up_leaves_no_place_taken()
    {
        using var queue = new CheckQueue();
        for (var i = 0; i < 8; i++)
        {
            Assert.True(await queue.TryEnterAsync(CancellationToken.None));
        }

        for (var i = 0; i < 100; i++)
        {
            using var gone = new CancellationTokenSource();
            var entering = queue.TryEnterAsync(gone.Token).AsTask();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
        }

        queue.Leave();
        Assert.True(await queue.TryEnterAsync(TestContext.Current.CancellationToken));
    }
}
