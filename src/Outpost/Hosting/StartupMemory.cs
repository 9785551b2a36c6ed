namespace Sidecar.Outpost.Hosting;

/// <summary>
/// Gives back, once, what the start needed and nothing after it does: reading state, the first snapshot, the system's certificates. A single pause of some
/// milliseconds; changes later on leave too little behind to pause requests for.
/// </summary>
internal sealed class StartupMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(StartIsOver, time, stoppingToken).ConfigureAwait(false);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
