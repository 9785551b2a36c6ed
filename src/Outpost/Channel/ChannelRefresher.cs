namespace Sidecar.Outpost.Channel;

/// <summary>
/// Reads snapshot, secrets and revisions when a change calls for it, beside the stream: a slow snapshot must not hold up the next revocation.
/// </summary>
internal sealed class ChannelRefresher(ChannelSync sync, ChannelState channel, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0);

    // One reader at a time: the sync at a start, and the refresher after it.
    private readonly SemaphoreSlim _reading = new(1);
    private int _wanted;

    public void Want(Refresh what)
    {
        Interlocked.Or(ref _wanted, (int)what);
        _wake.Release();
    }

    public async Task<bool> SyncAsync(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            return await sync.RunAsync(cancel);
        }
        finally
        {
            _reading.Release();
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await _wake.WaitAsync(cancel);
            if (channel.IsInStep && !await RefreshAsync(cancel))
            {
                await Task.Delay(Pause, time, cancel);
                _wake.Release();
            }
        }
    }

    public void Dispose()
    {
        _wake.Dispose();
        _reading.Dispose();
    }

    private async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        var told = channel.Told;
        var wanted = (Refresh)Interlocked.Exchange(ref _wanted, 0);
        var left = wanted;
        try
        {
            left &= ~(wanted.HasFlag(Refresh.Snapshot) && await sync.ReadSnapshotAsync(cancel) ? Refresh.Snapshot : 0);
            left &= ~(wanted.HasFlag(Refresh.Secrets) && await sync.ReadSecretsAsync(cancel) ? Refresh.Secrets : 0);
            left &= ~(wanted.HasFlag(Refresh.Revisions) && await sync.ReadRevisionsAsync(cancel) ? Refresh.Revisions : 0);
            if (left == Refresh.None)
            {
                channel.Applied = told;
            }
        }
        finally
        {
            Interlocked.Or(ref _wanted, (int)left);
            _reading.Release();
        }

        return left == Refresh.None;
    }
}
