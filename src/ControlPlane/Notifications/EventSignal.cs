namespace Sidecar.ControlPlane.Notifications;

/// <summary>Wakes whoever tells of events when there are new ones, so that nobody has to look for them every second.</summary>
internal sealed class EventSignal : IDisposable
{
    private readonly SemaphoreSlim _told = new(0, 1);

    public void Raise()
    {
        try
        {
            _told.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is raised already.
        }
    }

    /// <summary>Ends when there is something new, and at the latest after <paramref name="longest"/>: another replica's events raise nothing here.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => _told.WaitAsync(longest, cancel);

    public void Dispose() => _told.Dispose();
}
