namespace Sidecar.ControlPlane.Mail;

/// <summary>Wakes the sender of this process.</summary>
internal sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim _pulse = new(0, 1);

    public void LookNow()
    {
        try
        {
            _pulse.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    /// <summary>Until somebody calls, or for <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await _pulse.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, or to stop.
        }
    }

    public void Dispose() => _pulse.Dispose();
}
