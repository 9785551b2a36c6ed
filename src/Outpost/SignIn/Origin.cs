namespace Sidecar.Outpost.SignIn;

/// <summary>Scheme and authority of a provider's external host, as text that can be put before a path: <c>https://wiki.example</c>.</summary>
internal sealed class Origin
{
    private Origin(string scheme, string host, int port, bool isDefaultPort)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Authority = isDefaultPort ? host : $"{host}:{port}";
        Text = $"{scheme}://{Authority}";
    }

    public string Scheme { get; }

    public string Host { get; }

    public int Port { get; }

    public string Authority { get; }

    public string Text { get; }

    public bool IsHttps => Scheme == Uri.UriSchemeHttps;

    /// <summary>Null when the address is not an http or https origin: then nobody can be sent there.</summary>
    public static Origin? TryCreate(string externalHost)
    {
        if (!Uri.TryCreate(externalHost, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost.TrimEnd('.').ToLowerInvariant();
        return host.Length == 0 ? null : new Origin(uri.Scheme, host, uri.Port, uri.IsDefaultPort);
    }

    /// <summary>The same scheme and port at another host: in domain mode the request's own.</summary>
    public string At(ReadOnlySpan<char> authority) => string.Concat(Scheme, "://", authority);
}
