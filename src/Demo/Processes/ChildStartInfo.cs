using System.Diagnostics;

namespace Sidecar.Demo.Processes;

/// <summary>
/// Turns a command into what the runtime starts: through setpriv, so that the child cannot outlive this program, and
/// through setsid, so that it and its own children form one group that can be ended together (and a Ctrl+C at the
/// terminal reaches this program alone, which then ends them in order).
/// </summary>
internal static class ChildStartInfo
{
    private const string SetPriv = "/usr/bin/setpriv";
    private const string SetSid = "/usr/bin/setsid";

    /// <summary>Without these two (util-linux) a child is still ended by StopAsync, but not when this program is killed.</summary>
    public static bool CanGroup { get; } = File.Exists(SetPriv) && File.Exists(SetSid);

    public static ProcessStartInfo For(ChildCommand command)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        Address(start, command);
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static void Address(ProcessStartInfo start, ChildCommand command)
    {
        if (!CanGroup)
        {
            start.FileName = command.FileName;
            return;
        }

        start.FileName = SetPriv;
        start.ArgumentList.Add("--pdeathsig");
        start.ArgumentList.Add(command.TerminateWithParent ? "TERM" : "KILL");
        start.ArgumentList.Add("--");
        start.ArgumentList.Add(SetSid);
        start.ArgumentList.Add(command.FileName);
    }
}
