using System.Net.Sockets;

namespace Sidecar.ControlPlane.Server;

/// <summary>The Unix socket on which the embedded outpost reaches the control plane. Only this program's user may open it.</summary>
internal static class ControlPlaneSocket
{
    private const string FileName = "control-plane.sock";

    // sockaddr_un holds 108 bytes, the last of them zero.
    private const int MaxPath = 107;

    public static string PathIn(string stateFolder) => Path.Combine(stateFolder, FileName);

    /// <summary>Removes what a killed server left behind; refuses when one is alive.</summary>
    public static void Prepare(string path)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > MaxPath)
        {
            throw new StartRefusedException($"The path of the socket, {path}, is longer than {MaxPath} bytes. Point SIDECAR_DATA at a shorter path.");
        }

        if (!File.Exists(path))
        {
            return;
        }

        if (Answers(path))
        {
            throw new StartRefusedException($"Another sidecar server is running on this data folder: it answers at {path}.");
        }

        File.Delete(path);
    }

    public static void Restrict(string path) => File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static bool Answers(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
