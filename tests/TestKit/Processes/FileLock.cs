using System.Diagnostics;

namespace Sidecar.TestKit.Processes;

/// <summary>Keeps other test projects that run at the same time from a folder.</summary>
public static class FileLock
{
    /// <summary>Waits up to three minutes; dispose it to let others in.</summary>
    public static FileStream Take(string file)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(3))
            {
                Task.Delay(100).Wait();
            }
        }
    }
}
