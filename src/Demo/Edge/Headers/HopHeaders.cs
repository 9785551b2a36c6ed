namespace Sidecar.Demo.Edge.Headers;

/// <summary>Headers of one connection. Proxy-Authorization and Proxy-Authenticate are not among them: forwardAuth hands both on.</summary>
internal static class HopHeaders
{
    public static readonly IReadOnlyList<string> Names =
        ["Connection", "Keep-Alive", "Te", "Trailers", "Transfer-Encoding", "Upgrade"];

    public static bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
