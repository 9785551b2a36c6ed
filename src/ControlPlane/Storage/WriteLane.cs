namespace Sidecar.ControlPlane.Storage;

/// <summary>
/// SQLite has one writer. Writers that wait here are woken in order at once; those that wait for SQLite's own lock sleep and try again, which costs
/// hundreds of milliseconds under load. PostgreSQL needs no lane.
/// </summary>
internal sealed class WriteLane : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        return new Lease(_turn);
    }

    /// <summary>For the one library that writes synchronously.</summary>
    public IDisposable Enter()
    {
        _turn.Wait();
        return new Lease(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Lease(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
