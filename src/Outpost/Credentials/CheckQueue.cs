namespace Sidecar.Outpost.Credentials;

/// <summary>Bounds how many credentials are asked about at once and how many wait for that. Beyond both, the answer is "later", at once.</summary>
internal sealed class CheckQueue : IDisposable
{
    private const int Running = 8;
    private const int Waiting = 64;

    // A client that waited this long is better told to come back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _running = new(Running);
    private int _inside;

    public async ValueTask<bool> TryEnterAsync(CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _inside) > Running + Waiting)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }

        var entered = false;
        try
        {
            entered = await _running.WaitAsync(Patience, cancel);
            return entered;
        }
        finally
        {
            if (!entered)
            {
                Interlocked.Decrement(ref _inside);
            }
        }
    }

    public void Leave()
    {
        _running.Release();
        Interlocked.Decrement(ref _inside);
    }

    public void Dispose() => _running.Dispose();
}
