using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sidecar.Demo.Command;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Edges;

/// <summary>Waits until a proxy accepts connections.</summary>
internal static class ListenCheck
{
    public static async Task WaitAsync(int port, ChildProcess program, TimeSpan patience, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience);
        while (!await AcceptsAsync(port, late.Token))
        {
            if (program.HasExited || late.IsCancellationRequested)
            {
                var said = program.LastWords;
                await program.DisposeAsync();
                stop.ThrowIfCancellationRequested();
                throw new DemoException(string.Create(CultureInfo.InvariantCulture, $"The edge does not listen on 127.0.0.1:{port}. What it wrote:\n{said}"));
            }

            await Task.WhenAny(program.Exited, Task.Delay(100, late.Token));
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
