using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sidecar.Outpost.Configuration;

/// <summary>The networks whose forwarded headers count. IPv4 and the same address mapped into IPv6 are one address.</summary>
internal sealed class TrustedProxies
{
    /// <summary>Loopback, private networks (RFC 1918) and unique local addresses (RFC 4193).</summary>
    public const string Default = "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

    private readonly (UInt128 Prefix, UInt128 Mask)[] _networks;

    private TrustedProxies(IReadOnlyList<IPNetwork> networks)
    {
        Networks = networks;
        _networks = [.. networks.Select(ToRange)];
    }

    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>Null, and the first part that is no network, when the list cannot be read.</summary>
    public static TrustedProxies? TryParse(string list, out string? mistake)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseNetwork(part, out var network))
            {
                mistake = part;
                return null;
            }

            networks.Add(network);
        }

        mistake = null;
        return new TrustedProxies(networks);
    }

    /// <summary>Allocates nothing.</summary>
    public bool Contains(IPAddress address)
    {
        if (!TryToNumber(address, out var number))
        {
            return false;
        }

        foreach (var (prefix, mask) in _networks)
        {
            if ((number & mask) == prefix)
            {
                return true;
            }
        }

        return false;
    }

    // People write a single proxy without /32.
    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (!text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out var single))
        {
            network = new IPNetwork(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    private static (UInt128 Prefix, UInt128 Mask) ToRange(IPNetwork network)
    {
        TryToNumber(network.BaseAddress, out var prefix);
        var bits = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0);
        var mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - bits);
        return (prefix & mask, mask);
    }

    private static bool TryToNumber(IPAddress address, out UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var written))
        {
            number = default;
            return false;
        }

        // ::ffff:a.b.c.d, RFC 4291 section 2.5.5.2.
        number = written == 4
            ? new UInt128(0, 0x0000_FFFF_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }
}
