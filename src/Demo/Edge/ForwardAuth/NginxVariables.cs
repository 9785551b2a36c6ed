using System.Text.RegularExpressions;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>The nginx variables that auth-url and auth-signin are written with.</summary>
internal static partial class NginxVariables
{
    public static string Fill(string template, EdgeExchange exchange) =>
        Variable().Replace(template, match => Value(match.Groups[1].Value, exchange) ?? match.Value);

    public static string Scheme(EdgeExchange exchange) => exchange.IsTls ? "https" : "http";

    private static string? Value(string name, EdgeExchange exchange) => name switch
    {
        "scheme" => Scheme(exchange),
        "host" => exchange.Http.Request.Host.Host,
        "best_http_host" or "http_host" => exchange.Host,
        "request_uri" => exchange.Target,
        "escaped_request_uri" => Uri.EscapeDataString(exchange.Target),
        "request_method" => exchange.Http.Request.Method,
        _ => null,
    };

    [GeneratedRegex(@"\$([a-z_]+)")]
    private static partial Regex Variable();
}
