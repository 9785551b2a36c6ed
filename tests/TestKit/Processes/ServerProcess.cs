using Sidecar.Demo.Processes;

namespace Sidecar.TestKit.Processes;

/// <summary>A real program that a test started: ready when <see cref="StartAsync"/> returns, gone when disposed or when the tests die.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly ChildProcess _child;

    private ServerProcess(ChildProcess child) => _child = child;

    public int Id => _child.Id;

    public bool HasExited => _child.HasExited;

    public Task<int> Exited => _child.Exited;

    public string Output => _child.Output;

    /// <summary>Starts it and waits until it is usable; throws with its output when it ends early or the deadline passes.</summary>
    public static async Task<ServerProcess> StartAsync(ChildCommand command, Readiness ready, TimeSpan? deadline = null)
    {
        var server = new ServerProcess(await ChildProcess.StartAsync(command));
        try
        {
            await server.WaitAsync(ready, command.FileName, deadline ?? TimeSpan.FromSeconds(30));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGTERM, and SIGKILL when the command's grace is over.</summary>
    public Task StopAsync() => _child.StopAsync();

    /// <summary>SIGKILL, for tests of crashes.</summary>
    public Task KillAsync() => _child.KillAsync();

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private async Task WaitAsync(Readiness ready, string name, TimeSpan deadline)
    {
        using var late = new CancellationTokenSource(deadline);
        while (!await IsReadyAsync(ready, late.Token))
        {
            if (HasExited)
            {
                throw new ServerProcessException($"{name} ended with {await Exited} before it was ready", Output);
            }

            if (late.IsCancellationRequested)
            {
                throw new ServerProcessException($"{name} was not ready after {deadline}", Output);
            }

            await Task.WhenAny(Exited, Task.Delay(Step));
        }
    }

    private async Task<bool> IsReadyAsync(Readiness ready, CancellationToken late)
    {
        try
        {
            return await ready(this, late);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return false;
        }
    }
}
