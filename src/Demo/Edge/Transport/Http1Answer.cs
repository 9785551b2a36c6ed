using System.Globalization;
using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>Reads an HTTP/1.x answer: interim answers are passed over, the body is read whole.</summary>
internal static class Http1Answer
{
    public static async Task<(AuthAnswer Answer, bool CanStay)> ReadAsync(Http1Connection connection, long? maxBody, CancellationToken cancel)
    {
        while (true)
        {
            var (version, status) = StatusLine(await connection.ReadLineAsync(cancel));
            var headers = await HeadersAsync(connection, cancel);
            if (status is >= 100 and < 200 and not 101)
            {
                continue;
            }

            var (body, ended) = await Http1Body.ReadAsync(connection, status, headers, maxBody, cancel);
            return (new AuthAnswer(status, headers, body), ended && version == "HTTP/1.1" && !Closes(headers));
        }
    }

    private static (string Version, int Status) StatusLine(string line)
    {
        var parts = line.Split(' ', 3);
        return parts.Length >= 2 && parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (parts[0], status)
            : throw new IOException($"not an HTTP answer: {line}");
    }

    private static async Task<HeaderLines> HeadersAsync(Http1Connection connection, CancellationToken cancel)
    {
        var headers = new HeaderLines();
        while (await connection.ReadLineAsync(cancel) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                throw new IOException($"not a header line: {line}");
            }

            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return headers;
    }

    private static bool Closes(HeaderLines headers) =>
        HeaderNames.Tokens(headers.Values("Connection")).Contains("close", StringComparer.OrdinalIgnoreCase);
}
