using System.Runtime.InteropServices;

namespace Sidecar.Demo.Processes;

/// <summary>Sends a signal to one process that this program started, by its id.</summary>
internal static partial class Signals
{
    public static void Send(int processId, ProcessSignal signal) => _ = Kill(processId, (int)signal);

    /// <summary>To the group that <paramref name="leader"/> leads; a group that is empty by now is no mistake.</summary>
    public static void SendToGroup(int leader, ProcessSignal signal) => _ = Kill(-leader, (int)signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
