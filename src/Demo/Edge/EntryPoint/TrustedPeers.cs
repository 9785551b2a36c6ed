using System.Net;

namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>forwardedHeaders.trustedIPs and insecure.</summary>
internal sealed class TrustedPeers(EdgeOptions options)
{
    private readonly IReadOnlyList<IPNetwork> _networks = [.. options.TrustedIps.Select(Parse)];

    public bool Has(IPAddress? peer) =>
        options.Insecure || (peer is not null && _networks.Any(network => network.Contains(Plain(peer))));

    private static IPAddress Plain(IPAddress peer) => peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;

    private static IPNetwork Parse(string text)
    {
        var parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out var address))
        {
            throw new EdgeConfigurationException($"'{text}' in trustedIPs is neither an address nor a CIDR");
        }

        var bits = address.GetAddressBytes().Length * 8;
        return parts.Length == 1 ? new IPNetwork(address, bits) : Masked(address, text, parts[1], bits);
    }

    // "1.2.3.4/24" is fine in Traefik; IPNetwork wants the bits of the host to be zero.
    private static IPNetwork Masked(IPAddress address, string text, string length, int bits)
    {
        if (!int.TryParse(length, out var prefix) || prefix < 0 || prefix > bits)
        {
            throw new EdgeConfigurationException($"'{text}' in trustedIPs has no such prefix length");
        }

        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bits; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefix);
    }
}
