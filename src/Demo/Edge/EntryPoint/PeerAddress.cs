using System.Net;

namespace Sidecar.Demo.Edge.EntryPoint;

internal static class PeerAddress
{
    /// <summary>The address as it is written into headers: IPv4 plain, IPv6 without its zone.</summary>
    public static string Of(IPAddress peer) =>
        (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString().Split('%')[0];
}
