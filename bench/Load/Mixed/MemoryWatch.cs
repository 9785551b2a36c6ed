using System.Diagnostics;
using Sidecar.Load.Drivers;

namespace Sidecar.Load.Mixed;

/// <summary>Resident memory of each program, every few seconds.</summary>
internal sealed class MemoryWatch(IReadOnlyDictionary<string, int> processes)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, List<MemorySample>> _samples = processes.ToDictionary(pair => pair.Key, _ => new List<MemorySample>());

    public IReadOnlyDictionary<string, List<MemorySample>> Samples => _samples;

    public async Task RunAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            foreach (var (name, process) in processes)
            {
                var minutes = Math.Round(Stopwatch.GetElapsedTime(started).TotalMinutes, 3);
                _samples[name].Add(new MemorySample(minutes, Math.Round(ProcessCost.ResidentBytes(process) / 1e6, 1)));
            }

            try
            {
                await Task.Delay(Step, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
