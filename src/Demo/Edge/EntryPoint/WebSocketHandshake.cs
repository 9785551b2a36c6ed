using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.EntryPoint;

internal static class WebSocketHandshake
{
    /// <summary>True when the first Connection line asks for an upgrade and the first Upgrade line offers WebSocket.</summary>
    public static bool Is(IHeaderDictionary headers) => Has(headers.Connection, "upgrade") && Has(headers.Upgrade, "websocket");

    private static bool Has(IReadOnlyList<string?> values, string token) =>
        HeaderNames.Tokens(values.Take(1)).Contains(token, StringComparer.OrdinalIgnoreCase);
}
