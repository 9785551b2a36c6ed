using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>Rules E1 to E3: what the entry point does to X-Forwarded headers before any router looks at the request.</summary>
internal sealed class ForwardedHeaders(EdgeOptions options, TraefikFeatures features)
{
    private readonly TrustedPeers _trusted = new(options);

    /// <summary>X-Forwarded-Server.</summary>
    public string ServerName { get; init; } = Environment.MachineName;

    public void Apply(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (!_trusted.Has(http.Connection.RemoteIpAddress))
        {
            Strip(headers);
        }

        Write(http, headers);
        if (features.CleansConnectionAtEntryPoint)
        {
            ConnectionHeader.Apply(headers, IsManaged, Passes);
        }
    }

    private void Strip(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(IsStripped).ToList())
        {
            headers.Remove(name);
        }
    }

    private bool IsStripped(string name) =>
        ManagedHeaders.Has(name, features.StripsAliases)
        && (features.StripsForwardedPrefix || !name.Equals(ManagedHeaders.Prefix, StringComparison.OrdinalIgnoreCase));

    private bool IsManaged(string name) => ManagedHeaders.Has(name, features.StripsAliases);

    private bool Passes(string name) => options.ConnectionHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    private void Write(HttpContext http, IHeaderDictionary headers)
    {
        var peer = http.Connection.RemoteIpAddress;
        SetIfEmpty(headers, ManagedHeaders.RealIp, peer is null ? "" : PeerAddress.Of(peer));
        SetIfEmpty(headers, ManagedHeaders.Proto, Scheme(http));
        SetIfEmpty(headers, ManagedHeaders.Port, ForwardedPort.Of(headers.Host.ToString(), headers[ManagedHeaders.Proto].ToString(), http.Request.IsHttps));
        SetIfEmpty(headers, ManagedHeaders.Host, headers.Host.ToString());
        if (headers[ManagedHeaders.For] is { Count: > 1 } several)
        {
            headers[ManagedHeaders.For] = string.Join(", ", several.ToArray());
        }

        headers[ManagedHeaders.Server] = ServerName;
    }

    private static string Scheme(HttpContext http) => (WebSocketHandshake.Is(http.Request.Headers), http.Request.IsHttps) switch
    {
        (true, true) => "wss",
        (true, false) => "ws",
        (false, true) => "https",
        (false, false) => "http",
    };

    private static void SetIfEmpty(IHeaderDictionary headers, string name, string value)
    {
        if (value.Length > 0 && string.IsNullOrEmpty(headers[name].FirstOrDefault()))
        {
            headers[name] = value;
        }
    }
}
