using System.Net;
using System.Text;

namespace Sidecar.Decisions.Hosts;

/// <summary>
/// Host to application: the exact authority, then the longest cookie domain at a dot boundary. There is no application that answers any host.
/// </summary>
/// <remarks>An application is told by its place in the snapshot, so that whoever keeps something beside it need not touch it.</remarks>
internal sealed class HostTable(ClaimTable claims)
{
    public const int None = -1;

    // Longer than any host.
    private const int MaxText = 256;

    /// <returns><see cref="None"/>, with the reason, when no application answers.</returns>
    public int Find(ReadOnlySpan<char> text, out Reason reason)
    {
        reason = Reason.UnknownHost;
        if (!Authority.TryParse(text, out var authority))
        {
            return None;
        }

        // Only ASCII gets here: a host was checked to be one.
        Span<byte> buffer = stackalloc byte[MaxText];
        Ascii.ToLower(authority.Host, buffer, out var length);
        var host = buffer[..length];
        if (claims.TryFind(host, authority.Port, out var application))
        {
            return Answer(application, ref reason);
        }

        return authority.IsLiteral ? FindLiteral(authority, ref reason)
            : claims.TryFind(host, ClaimTable.AnyPortOfSingle, out _) || HostText.EndsInNumber(authority.Host) ? None
            : FindDomain(host, out reason);
    }

    /// <summary>Whether an application has this name, at whatever port: a cookie belongs to all ports of its host (RFC 6265 section 8.5).</summary>
    public bool IsNamed(ReadOnlySpan<char> text)
    {
        if (!Authority.TryParse(text, out var authority))
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[MaxText];
        if (authority.IsLiteral)
        {
            return TryCanonical(authority, buffer, out var literal) && claims.TryFind(buffer[..literal], ClaimTable.AnyPortOfSingle, out _);
        }

        Ascii.ToLower(authority.Host, buffer, out var length);
        var host = buffer[..length];
        return claims.TryFind(host, ClaimTable.AnyPortOfSingle, out _)
            || (!HostText.EndsInNumber(authority.Host) && (FindDomain(host, out var reason) != None || reason == Reason.HostClaimedTwice));
    }

    // The port plays no part: a cookie's domain covers every port of its hosts (RFC 6265 section 8.5).
    private int FindDomain(ReadOnlySpan<byte> host, out Reason reason)
    {
        reason = Reason.UnknownHost;
        for (var rest = host; ;)
        {
            if (claims.TryFind(rest, ClaimTable.Domain, out var application))
            {
                return Answer(application, ref reason);
            }

            var dot = rest.IndexOf((byte)'.');
            if (dot < 0)
            {
                return None;
            }

            rest = rest[(dot + 1)..];
        }
    }

    private int FindLiteral(Authority authority, ref Reason reason)
    {
        Span<byte> canonical = stackalloc byte[MaxText];
        return TryCanonical(authority, canonical, out var length) && claims.TryFind(canonical[..length], authority.Port, out var application)
            ? Answer(application, ref reason)
            : None;
    }

    // An IPv6 address has many spellings; the table holds the canonical one (RFC 5952), which browsers send.
    private static bool TryCanonical(Authority authority, Span<byte> canonical, out int length)
    {
        length = 0;
        if (!IPAddress.TryParse(authority.Host[1..^1], out var address) || !address.TryFormat(canonical[1..], out var written))
        {
            return false;
        }

        canonical[0] = (byte)'[';
        canonical[written + 1] = (byte)']';
        length = written + 2;
        return true;
    }

    private static int Answer(int application, ref Reason reason)
    {
        reason = application == None ? Reason.HostClaimedTwice : Reason.Unset;
        return application;
    }
}
