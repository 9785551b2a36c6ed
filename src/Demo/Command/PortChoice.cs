using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sidecar.Demo.Command;

/// <summary>The usual port, or, said aloud, another one where somebody else has it.</summary>
internal static class PortChoice
{
    public static int Pick(string whose, int usual)
    {
        if (TryListen(usual) is { } free)
        {
            return free;
        }

        var other = TryListen(0) ?? throw new DemoException("this machine has no free port on 127.0.0.1");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Port {usual} is busy: {whose} takes {other}."));
        return other;
    }

    private static int? TryListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
