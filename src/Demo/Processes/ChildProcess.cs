using System.Diagnostics;

namespace Sidecar.Demo.Processes;

/// <summary>One program that this program started and that ends with it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ChildCommand _command;
    private readonly OutputTail _output;

    private ChildProcess(Process process, ChildCommand command, OutputTail output)
    {
        _process = process;
        _command = command;
        _output = output;
        Exited = WaitAsync(Task.WhenAll(PumpAsync(process.StandardOutput, output), PumpAsync(process.StandardError, output)));
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code when the program has ended and its output was read.</summary>
    public Task<int> Exited { get; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>The last of what it wrote, error output included.</summary>
    public string Output => _output.ToString();

    /// <summary>As much of it as a person wants to read.</summary>
    public string LastWords => _output.Last(20);

    public static async Task<ChildProcess> StartAsync(ChildCommand command)
    {
        var output = new OutputTail(command.OnLine);
        var process = new Process { StartInfo = ChildStartInfo.For(command) };
        await ProcessLaunchThread.RunAsync(process.Start);
        return new ChildProcess(process, command, output);
    }

    /// <summary>Asks for an end with SIGTERM and forces it when the grace is over.</summary>
    public async Task StopAsync()
    {
        if (!HasExited)
        {
            Signals.Send(Id, ProcessSignal.Terminate);
            await Task.WhenAny(Exited, Task.Delay(_command.Grace));
        }

        await KillAsync();
    }

    /// <summary>Ends it and its children at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
            EndGroup();
        }

        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private async Task<int> WaitAsync(Task pumps)
    {
        await _process.WaitForExitAsync();
        EndGroup();

        // A grandchild that left the group may hold the pipes open for ever.
        await Task.WhenAny(pumps, Task.Delay(TimeSpan.FromSeconds(2)));
        return _process.ExitCode;
    }

    private void EndGroup()
    {
        if (ChildStartInfo.CanGroup)
        {
            Signals.SendToGroup(Id, ProcessSignal.Kill);
        }
    }

    private static async Task PumpAsync(StreamReader from, OutputTail to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            to.Add(line);
        }
    }
}
