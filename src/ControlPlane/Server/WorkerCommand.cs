using System.Runtime.InteropServices;

namespace Sidecar.ControlPlane.Server;

/// <summary>authentik's compose file starts a second container with this command. It stays up, so that nothing restarts it for ever.</summary>
internal static class WorkerCommand
{
    public static async Task<int> RunAsync()
    {
        var stop = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        await Console.Out.WriteLineAsync("sidecar worker: not needed. The server does this work itself; this process idles until it is stopped.");
        await stop.Task;
        return 0;

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
