using System.Net;
using System.Net.Sockets;

namespace Sidecar.TestKit.Processes;

/// <summary>One look at a started program: can it be used now?</summary>
public delegate Task<bool> Readiness(ServerProcess server, CancellationToken cancel);

/// <summary>The usual answers to "can it be used now?".</summary>
public static class Ready
{
    /// <summary>Something accepts connections on this loopback port.</summary>
    public static Readiness WhenListening(int port) => async (_, cancel) =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    };

    /// <summary>A GET answers with 2xx.</summary>
    public static Readiness WhenHealthy(Uri address) => async (_, cancel) =>
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(address, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    };

    /// <summary>The program has written this text.</summary>
    public static Readiness WhenSaid(string text) =>
        (server, _) => Task.FromResult(server.Output.Contains(text, StringComparison.Ordinal));

    /// <summary>The program has ended by itself: for commands that do one thing.</summary>
    public static Readiness WhenEnded() => (server, _) => Task.FromResult(server.HasExited);
}
