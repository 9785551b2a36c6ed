namespace Sidecar.Decisions.Hosts;

/// <summary>Host and port of <c>host[:port]</c> as a proxy sends it (RFC 3986 section 3.2), without copying.</summary>
internal readonly ref struct Authority
{
    // RFC 1035 section 2.3.4; also bounds the work that a hostile host can cause.
    private const int MaxHost = 253;

    private Authority(ReadOnlySpan<char> host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>Without a trailing dot; an IPv6 literal keeps its brackets.</summary>
    public ReadOnlySpan<char> Host { get; }

    /// <summary>Zero when none is named.</summary>
    public int Port { get; }

    public bool IsLiteral => Host[0] == '[';

    public static bool TryParse(ReadOnlySpan<char> text, out Authority authority)
    {
        authority = default;
        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':');
        var host = end < 0 ? text : text[..end];
        if (!TryPort(text[host.Length..], out var port))
        {
            return false;
        }

        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }

        authority = new Authority(host, port);
        return HostText.IsHost(host) && host.Length <= MaxHost;
    }

    // An empty port is no port (RFC 3986 section 3.2.3). Leading zeros and signs are nobody's spelling: refused, so that no two texts mean one port.
    private static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (text.IsEmpty || text is ":")
        {
            return true;
        }

        if (text[0] != ':' || text.Length > 6 || text[1] == '0')
        {
            return false;
        }

        foreach (var c in text[1..])
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            port = (port * 10) + (c - '0');
        }

        return port <= ushort.MaxValue;
    }
}
