namespace Sidecar.Outpost.Hosting;

/// <summary>
/// Gives back what is over, sooner than the collector would: once what the start needed (stored state, the first snapshot, the system's certificates), and then
/// what many changes leave behind. A snapshot's answers live for as long as that snapshot, which is long enough to be taken for lasting and short enough to pile up.
/// </summary>
internal sealed class HeapTrim(TimeProvider time) : BackgroundService
{
    private const long MB = 1024 * 1024;

    private static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(StartIsOver, time, stoppingToken).ConfigureAwait(false);
        var kept = Trim();
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsWorthIt(GC.GetTotalMemory(forceFullCollection: false), kept))
            {
                kept = Trim();
            }
        }
    }

    /// <summary>
    /// All requests wait while it is done, a few milliseconds where little is kept. A heap of many tickets is left to the collector, which weighs the pause.
    /// </summary>
    /// <param name="held">Bytes in use now, with what is over.</param>
    /// <param name="kept">Bytes that were in use after the last time.</param>
    internal static bool IsWorthIt(long held, long kept) => kept <= 64 * MB && held <= 256 * MB && held >= kept + Math.Max(kept / 2, 8 * MB);

    private static long Trim()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
