namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>
/// The schemes that a proxy may name; Traefik says <c>ws</c> and <c>wss</c> for a WebSocket handshake. Nothing but "is it one of them" is taken from here:
/// redirects use the scheme of the application's external host.
/// </summary>
internal static class ForwardedScheme
{
    public static bool TryRead(ReadOnlySpan<char> scheme, out bool isWebSocket)
    {
        isWebSocket = scheme.Equals("ws", StringComparison.OrdinalIgnoreCase) || scheme.Equals("wss", StringComparison.OrdinalIgnoreCase);
        return isWebSocket || scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
    }
}
