using System.Collections.Concurrent;

namespace Sidecar.Demo.Processes;

/// <summary>
/// Starts every child on one thread that lives as long as this program. Linux sends the parent-death signal when the
/// <em>thread</em> that started the child ends: from a pool thread, children would die whenever the pool shrinks.
/// </summary>
internal static class ProcessLaunchThread
{
    private static readonly BlockingCollection<Action> Work = Start();

    public static Task<T> RunAsync<T>(Func<T> launch)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(launch());
            }
#pragma warning disable CA1031 // Whatever it was, it belongs to the caller who waits.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                done.SetException(problem);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() => RunAll(work)) { IsBackground = true, Name = "process launcher" }.Start();
        return work;
    }

    private static void RunAll(BlockingCollection<Action> work)
    {
        foreach (var item in work.GetConsumingEnumerable())
        {
            item();
        }
    }
}
