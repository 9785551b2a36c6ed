using System.Globalization;
using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>The three ways a body ends in HTTP/1.1: after a count, after the last chunk, with the connection.</summary>
internal static class Http1Body
{
    public static async Task<(ReadOnlyMemory<byte> Body, bool Ended)> ReadAsync(
        Http1Connection connection, int status, HeaderLines headers, long? max, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        if (status is < 200 or 204 or 304)
        {
            return (body.ToArray(), true);
        }

        if (HeaderNames.Tokens(headers.Values("Transfer-Encoding")).Contains("chunked", StringComparer.OrdinalIgnoreCase))
        {
            await ChunksAsync(connection, body, max, cancel);
            return (body.ToArray(), true);
        }

        var length = headers.Has("Content-Length") ? long.Parse(headers.First("Content-Length"), CultureInfo.InvariantCulture) : (long?)null;
        await CopyAsync(connection, body, length, max, cancel);
        return (body.ToArray(), length is not null);
    }

    private static async Task ChunksAsync(Http1Connection connection, MemoryStream body, long? max, CancellationToken cancel)
    {
        while (true)
        {
            var size = (await connection.ReadLineAsync(cancel)).Split(';')[0].Trim();
            var length = long.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length > 0)
            {
                await CopyAsync(connection, body, length, max, cancel);
                await connection.ReadLineAsync(cancel);
                continue;
            }

            while ((await connection.ReadLineAsync(cancel)).Length > 0)
            {
                // Trailers are read to reach the end and dropped (A11).
            }

            return;
        }
    }

    private static async Task CopyAsync(Http1Connection connection, MemoryStream body, long? length, long? max, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        for (var left = length ?? long.MaxValue; left > 0;)
        {
            var count = await connection.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancel);
            if (count == 0)
            {
                // Without a length the end of the connection is the end of the body.
                _ = length is null ? 0 : throw new IOException("the auth server's body ends early");
                return;
            }

            body.Write(buffer, 0, count);
            left -= count;
            if (body.Length > max)
            {
                throw new AnswerTooLargeException();
            }
        }
    }
}
