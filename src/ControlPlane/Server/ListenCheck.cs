using System.Net.Sockets;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Server;

/// <summary>Finds out before anything else starts whether the address can be had.</summary>
internal static class ListenCheck
{
    public static void Check(ControlPlaneOptions options)
    {
        if (options.EmbeddedOutpost.Enabled && !File.Exists(options.EmbeddedOutpost.Executable))
        {
            throw new StartRefusedException(
                $"There is no outpost at {options.EmbeddedOutpost.Executable}. Put sidecar-outpost beside sidecar, name it in SIDECAR_OUTPOST_PATH, "
                + "or set AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST=true to let the control plane listen itself.");
        }

        Check(options.ListenHttp);
    }

    private static void Check(ListenAddress address)
    {
        try
        {
            using var socket = new Socket(address.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

            // As servers do: a port whose last connections are still closing is free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new System.Net.IPEndPoint(address.Address, address.Port));
            socket.Listen();
        }
        catch (SocketException error)
        {
            throw new StartRefusedException($"AUTHENTIK_LISTEN__HTTP: cannot listen on {address}: {error.Message}. Another program may use it; name another port.");
        }
    }
}
