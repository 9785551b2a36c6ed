using System.Text.RegularExpressions;

namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>X-Forwarded-Port: the port of the Host header, else that of the scheme.</summary>
internal static partial class ForwardedPort
{
    public static string Of(string host, string proto, bool isTls) =>
        PortAtTheEnd().Match(host) is { Success: true } match ? match.Groups["port"].Value
        : proto is "https" or "wss" || isTls ? "443"
        : "80";

    [GeneratedRegex(@"^(\[[^\]]*\]|[^:\[\]]*):(?<port>[^:]+)$")]
    private static partial Regex PortAtTheEnd();
}
