using System.Text;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>A request as Go's client puts it on the wire: Host, User-Agent, length, then the rest sorted by name.</summary>
internal static class Http1Message
{
    private static readonly string[] OwnLines = ["Host", "User-Agent", "Content-Length", "Transfer-Encoding", "Trailer"];

    public static ReadOnlyMemory<byte> Write(AuthRequest request, Uri address)
    {
        var head = new StringBuilder();
        head.Append(request.Method).Append(' ').Append(Target(request.Address)).Append(" HTTP/1.1\r\n");
        Line(head, "Host", address.Authority);
        if (UserAgent(request) is { Length: > 0 } agent)
        {
            Line(head, "User-Agent", agent);
        }

        if (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")
        {
            Line(head, "Content-Length", request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in request.Headers.All.Where(line => !OwnLines.Contains(line.Key)))
        {
            Line(head, name, value);
        }

        if (AsksForGzip(request))
        {
            Line(head, "Accept-Encoding", "gzip");
        }

        head.Append("\r\n");
        return (byte[])[.. Encoding.Latin1.GetBytes(head.ToString()), .. request.Body.Span];
    }

    /// <summary>Rule R13: Go offers gzip when nobody said anything about encodings, and unpacks it silently.</summary>
    public static bool AsksForGzip(AuthRequest request) =>
        !request.Headers.Has("Accept-Encoding") && !request.Headers.Has("Range") && request.Method != "HEAD";

    private static string? UserAgent(AuthRequest request) =>
        request.Headers.Has("User-Agent") ? request.Headers.First("User-Agent") : "Go-http-client/1.1";

    // Verbatim: the address is configuration, not something to normalise.
    private static string Target(string address)
    {
        var start = address.IndexOf('/', address.IndexOf("://", StringComparison.Ordinal) + 3);
        return start < 0 ? "/" : address[start..].Split('#')[0];
    }

    private static void Line(StringBuilder head, string name, string value) =>
        head.Append(name).Append(": ").Append(value).Append("\r\n");
}
