using System.Collections.Frozen;
using System.Net;
using DomainLookup = System.Collections.Frozen.FrozenDictionary<string, Sidecar.Decisions.CompiledApplication?>.AlternateLookup<System.ReadOnlySpan<char>>;
using Lookup = System.Collections.Frozen.FrozenDictionary<string, Sidecar.Decisions.Hosts.HostClaims>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace Sidecar.Decisions.Hosts;

/// <summary>
/// Host to application: the exact authority, then the longest cookie domain at a dot boundary. There is no application that answers any host.
/// </summary>
internal sealed class HostTable(FrozenDictionary<string, HostClaims> hosts, FrozenDictionary<string, CompiledApplication?> domains)
{
    private readonly Lookup _hosts = hosts.GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly DomainLookup _domains = domains.GetAlternateLookup<ReadOnlySpan<char>>();

    public CompiledApplication? Find(ReadOnlySpan<char> text, out Reason reason)
    {
        reason = Reason.UnknownHost;
        if (!Authority.TryParse(text, out var authority))
        {
            return null;
        }

        if (authority.IsLiteral)
        {
            return FindLiteral(authority, ref reason);
        }

        if (!_hosts.TryGetValue(authority.Host, out var claims))
        {
            return FindDomain(authority.Host, ref reason);
        }

        if (claims.TryFind(authority.Port, out var application))
        {
            return Answer(application, ref reason);
        }

        return claims.HoldsSingle ? null : FindDomain(authority.Host, ref reason);
    }

    // The port plays no part: a cookie's domain covers every port of its hosts (RFC 6265 section 8.5).
    private CompiledApplication? FindDomain(ReadOnlySpan<char> host, ref Reason reason)
    {
        if (HostText.EndsInNumber(host))
        {
            return null;
        }

        for (var rest = host; ;)
        {
            if (_domains.TryGetValue(rest, out var application))
            {
                return Answer(application, ref reason);
            }

            var dot = rest.IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }
    }

    // An IPv6 address has many spellings; the table holds the canonical one (RFC 5952), which browsers send.
    private CompiledApplication? FindLiteral(Authority authority, ref Reason reason)
    {
        Span<char> canonical = stackalloc char[64];
        if (!_hosts.TryGetValue(authority.Host, out var claims) &&
            !(TryCanonical(authority.Host, ref canonical) && _hosts.TryGetValue(canonical, out claims)))
        {
            return null;
        }

        return claims.TryFind(authority.Port, out var application) ? Answer(application, ref reason) : null;
    }

    private static bool TryCanonical(ReadOnlySpan<char> literal, ref Span<char> canonical)
    {
        if (!IPAddress.TryParse(literal[1..^1], out var address) || !address.TryFormat(canonical[1..], out var written))
        {
            return false;
        }

        canonical[0] = '[';
        canonical[written + 1] = ']';
        canonical = canonical[..(written + 2)];
        return true;
    }

    private static CompiledApplication? Answer(CompiledApplication? application, ref Reason reason)
    {
        reason = application is null ? Reason.HostClaimedTwice : Reason.Unset;
        return application;
    }
}
