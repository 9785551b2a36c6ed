namespace Sidecar.Demo.Edge.Headers;

/// <summary>The headers that Traefik itself writes, and so must not take from just anyone.</summary>
internal static class ManagedHeaders
{
    public const string For = "X-Forwarded-For";
    public const string Host = "X-Forwarded-Host";
    public const string Method = "X-Forwarded-Method";
    public const string Port = "X-Forwarded-Port";
    public const string Prefix = "X-Forwarded-Prefix";
    public const string Proto = "X-Forwarded-Proto";
    public const string Server = "X-Forwarded-Server";
    public const string Uri = "X-Forwarded-Uri";
    public const string RealIp = "X-Real-Ip";

    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        For, Host, Method, Port, Prefix, Proto, Server, Uri, RealIp,
        "X-Forwarded-Tls-Client-Cert", "X-Forwarded-Tls-Client-Cert-Info",
    };

    /// <summary>True for a managed name, and for its spelling with underscores where the release knows that trick.</summary>
    public static bool Has(string name, bool withAliases) =>
        Names.Contains(withAliases ? name.Replace('_', '-') : name);
}
