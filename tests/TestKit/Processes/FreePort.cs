using System.Net;
using System.Net.Sockets;

namespace Sidecar.TestKit.Processes;

/// <summary>A loopback port that nobody listens on, for programs that cannot be told "any port" and report it.</summary>
public static class FreePort
{
    // The system hands out ports in a circle; the last ones given are remembered, because two
    // callers may ask before either has started to listen.
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        while (true)
        {
            var port = Ask();
            lock (Given)
            {
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }

    private static int Ask()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
