using System.Net;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Who the client is: the right-most hop that is not a declared proxy. A hop that cannot be read ends the search as "unknown", which matches no rule that
/// lets anybody in (CVE-2023-36456, CVE-2024-47070).
/// </summary>
internal static class ClientAddress
{
    public static IPAddress? Find(IPAddress? peer, in StringValues forwardedFor, Func<IPAddress, bool> isTrusted)
    {
        if (peer is null || !isTrusted(peer))
        {
            return peer;
        }

        var client = peer;
        for (var i = forwardedFor.Count - 1; i >= 0; i--)
        {
            var hops = (forwardedFor[i] ?? "").Split(',', StringSplitOptions.TrimEntries);
            for (var j = hops.Length - 1; j >= 0; j--)
            {
                if (Parse(hops[j]) is not { } hop)
                {
                    return null;
                }

                client = hop;
                if (!isTrusted(hop))
                {
                    return hop;
                }
            }
        }

        return client;
    }

    // With a port as some proxies write it; never the short forms that IPAddress would take for an address (1, 0x7f.1).
    private static IPAddress? Parse(string hop)
    {
        if (IPEndPoint.TryParse(hop, out var endpoint) && (hop.Contains('.', StringComparison.Ordinal) || hop.Contains(':', StringComparison.Ordinal)))
        {
            var address = endpoint.Address;
            var dotted = address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || hop.StartsWith(address.ToString(), StringComparison.Ordinal);
            return !dotted ? null : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        return null;
    }
}
