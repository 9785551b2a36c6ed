namespace Sidecar.Decisions.Hosts;

/// <summary>A provider's <c>external_host</c>, read once when a snapshot arrives.</summary>
internal sealed record ExternalHost(string Host, int Port, bool IsDefaultPort, bool IsHttps)
{
    public static ExternalHost? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
        {
            return null;
        }

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        // IdnHost is what a browser sends: lower case, punycode; an IPv6 literal comes without brackets, compressed.
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost.TrimEnd('.').ToLowerInvariant();
        return HostText.IsHost(host) ? new ExternalHost(host, uri.Port, uri.IsDefaultPort, uri.Scheme == Uri.UriSchemeHttps) : null;
    }
}
