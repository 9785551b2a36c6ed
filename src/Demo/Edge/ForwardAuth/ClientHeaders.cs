using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Rules R5, R6 and R9: the client's headers on their way into the auth request.</summary>
internal static class ClientHeaders
{
    /// <summary>All of them, without those of one connection and those that the client's Connection header names.</summary>
    public static HeaderLines Copy(EdgeExchange exchange)
    {
        var headers = HeaderLines.Of(exchange.Headers);
        foreach (var name in HeaderNames.Tokens(exchange.Headers.Connection).ToList())
        {
            headers.Remove(name);
        }

        headers.RemoveWhere(HopHeaders.Has);
        return headers;
    }

    public static void Filter(HeaderLines headers, IReadOnlyList<string> allowed)
    {
        if (allowed.Count > 0)
        {
            headers.RemoveWhere(name => !allowed.Contains(name, StringComparer.OrdinalIgnoreCase));
        }
    }
}
