using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sidecar.Outpost.SignIn;

/// <summary>
/// The one validator of addresses that a browser is sent to because a request said so. Exact on scheme, host and port; in domain mode the host may also be
/// below the domain, at a dot. The answer is always absolute and printable ASCII, and never leads back into the sign-in itself.
/// </summary>
internal static class ReturnUrl
{
    public const int MaxLength = 2048;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("-.0123456789abcdefghijklmnopqrstuvwxyz_");

    // What a browser drops or turns into a slash before it reads an address (WHATWG URL) must not be there when we read it.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\\\u007f" + string.Concat(Enumerable.Range(0, 0x21).Select(c => (char)c)));

    /// <param name="text">An absolute address or a path, percent-encoded; characters above U+007F stand for bytes.</param>
    /// <param name="application">Where the browser may go.</param>
    /// <param name="baseOrigin">What a path is relative to; itself not checked.</param>
    /// <returns>The address to send the browser to, or null.</returns>
    public static string? Validate(ReadOnlySpan<char> text, ReturnScope application, string baseOrigin)
    {
        if (text.IsEmpty || text.Length > MaxLength || text.ContainsAny(Forbidden))
        {
            return null;
        }

        if (text[0] == '/')
        {
            // Two slashes are a host to a browser.
            return text.Length > 1 && text[1] == '/' ? null : Finish(baseOrigin, text);
        }

        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0 || !text[..end].Equals(application.Origin.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[(end + 3)..];
        var pathAt = rest.IndexOfAny('/', '?', '#');
        var authority = pathAt < 0 ? rest : rest[..pathAt];
        return TryAuthority(authority, application, out var canonical)
            ? Finish(application.Origin.At(canonical), pathAt < 0 ? "/" : rest[pathAt..])
            : null;
    }

    private static bool TryAuthority(ReadOnlySpan<char> authority, ReturnScope application, out string canonical)
    {
        canonical = "";
        var bracket = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        var host = (colon > bracket ? authority[..colon] : authority).ToString().ToLowerInvariant();
        if (!TryPort(colon > bracket ? authority[(colon + 1)..] : default, colon > bracket, application.Origin, out var sameOrigin) || !sameOrigin)
        {
            return false;
        }

        if (!application.Allows(host) || !IsPlain(host, application))
        {
            return false;
        }

        canonical = application.Origin.Authority.Length == application.Origin.Host.Length ? host : $"{host}:{application.Origin.Port}";
        return true;
    }

    private static bool IsPlain(string host, ReturnScope application) =>
        host == application.Origin.Host || (host.Length > 0 && host[0] != '.' && !host.AsSpan().ContainsAnyExcept(HostCharacters)
            && !host.Contains("..", StringComparison.Ordinal));

    private static bool TryPort(ReadOnlySpan<char> port, bool named, Origin origin, out bool same)
    {
        var defaultPort = origin.IsHttps ? 443 : 80;
        same = !named && origin.Port == defaultPort;
        if (!named)
        {
            return true;
        }

        if (port.IsEmpty || port.Length > 5 || port[0] == '0' || port.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        same = int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture) == origin.Port;
        return true;
    }

    private static string? Finish(string origin, ReadOnlySpan<char> rest)
    {
        var path = rest[0] == '/' ? "" : "/";
        var url = string.Concat(origin, path, Escape(rest));
        return url.Length <= MaxLength && !LeadsBack(url.AsSpan(origin.Length)) ? url : null;
    }

    // A sign-in that ends in a sign-out, in another callback or in another start is somebody's trap or a loop. Anywhere in the text, because a
    // browser removes dot segments.
    private static bool LeadsBack(ReadOnlySpan<char> pathAndQuery) =>
        pathAndQuery.Contains(OutpostPaths.Folder, StringComparison.OrdinalIgnoreCase)
        || pathAndQuery.Contains(OutpostPaths.CallbackSignature, StringComparison.OrdinalIgnoreCase)
        || pathAndQuery.Contains(OutpostPaths.LogoutSignature, StringComparison.OrdinalIgnoreCase);

    private static string Escape(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToString();
        }

        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (c < 0x80)
            {
                escaped.Append(c);
            }
            else if (c <= 0xff)
            {
                escaped.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }
}
