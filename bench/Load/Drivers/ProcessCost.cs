using System.Globalization;

namespace Sidecar.Load.Drivers;

/// <summary>What the operating system has charged a process so far (proc(5): <c>/proc/PID/stat</c>, <c>/proc/PID/status</c>).</summary>
internal static class ProcessCost
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>User and system time in microseconds, of the process and the children it still has (nginx works in one).</summary>
    public static double CpuMicroseconds(int process) => OwnCpu(process) + Children(process).Sum(OwnCpu);

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static double OwnCpu(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");

        // The second field is the program's name in brackets and may hold spaces.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return ticks * MicrosecondsPerTick;
    }

    /// <summary>Ids of the processes that it started and that still run; children are a thread's, so all threads are asked.</summary>
    public static IEnumerable<int> Children(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
