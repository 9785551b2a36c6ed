namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Tells a person who opens a page from everything else (Fetch Metadata). Only a navigation is redirected: a script that follows a redirect to the sign-in
/// fails in ways nobody understands, and its address is no place to return to.
/// </summary>
internal static class Navigation
{
    private const string Mode = "Sec-Fetch-Mode";

    public static bool Is(IHeaderDictionary headers, string method)
    {
        if ((method != "GET" && method != "HEAD") || headers.ContainsKey("Upgrade") || headers.ContainsKey("Sec-WebSocket-Key"))
        {
            return false;
        }

        if (headers.TryGetValue(Mode, out var mode))
        {
            return mode.Count == 1 && string.Equals(mode[0], "navigate", StringComparison.Ordinal);
        }

        return !headers.ContainsKey("Sec-Fetch-Site") && !headers.ContainsKey("Sec-Fetch-Dest") && !headers.ContainsKey("Sec-Fetch-User")
            && AcceptsHtml(headers);
    }

    private static bool AcceptsHtml(IHeaderDictionary headers)
    {
        foreach (var accept in headers.Accept)
        {
            if (accept is not null && accept.Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
