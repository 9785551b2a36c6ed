using System.Buffers;

namespace Sidecar.ControlPlane.Api.Validation;

/// <summary>What a provider's addresses may be, with the reason when they may not.</summary>
internal static class HostValue
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>Null: nothing is wrong.</summary>
    public static string? ProblemOfExternalHost(string text)
    {
        const string form = "Write it as scheme://host or scheme://host:port, for example https://wiki.example.com";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return $"Not an http or https address. {form}.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return $"A user name or password cannot be part of it. {form}.";
        }

        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || text.AsSpan().ContainsAny('?', '#'))
        {
            return $"A path, query or fragment cannot be part of it: the whole host is protected. {form}.";
        }

        return uri.HostNameType == UriHostNameType.IPv6 || IsName(uri.IdnHost.TrimEnd('.')) ? null : $"\"{uri.Host}\" is not a host name. {form}.";
    }

    /// <summary>Without the slash that some people add at the end: two spellings would be two hosts.</summary>
    public static string Normalized(string externalHost) => externalHost.TrimEnd('/');

    /// <summary>Null: nothing is wrong.</summary>
    public static string? ProblemOfCookieDomain(string text)
    {
        const string form = "Write a domain such as example.com";
        var domain = text.StartsWith('.') ? text[1..] : text;
        if (!IsName(domain))
        {
            return $"Not a domain. {form}, without scheme, port or path.";
        }

        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            return $"One label alone is a public suffix: its cookie would reach strangers, and browsers refuse it. {form}.";
        }

        // A name whose last label is a number is an address (WHATWG URL), and nothing lies under an address.
        return long.TryParse(domain[(domain.LastIndexOf('.') + 1)..], out _) ? $"An IP address cannot be a cookie's domain. {form}." : null;
    }

    /// <summary>Whether the external host lies in the domain, at a dot.</summary>
    public static bool IsUnder(string externalHost, string domain)
    {
        var host = new Uri(externalHost).IdnHost.TrimEnd('.');
        var name = domain.TrimStart('.');
        return host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253
        && text[0] is not ('.' or '-')
        && text[^1] is not ('.' or '-')
        && !text.AsSpan().ContainsAnyExcept(NameCharacters)
        && !text.Contains("..", StringComparison.Ordinal);
}
