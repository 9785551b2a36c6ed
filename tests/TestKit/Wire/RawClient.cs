using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Sidecar.TestKit.Wire;

/// <summary>Sends exactly these bytes and reads until the other side closes: no client library tidies anything up.</summary>
public static class RawClient
{
    /// <param name="head">Request line and header lines, one a line; Connection: close is added unless a Connection line is there.</param>
    public static async Task<RawAnswer> SendAsync(Uri to, string head, string body = "")
    {
        var lines = head.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!lines.Any(line => line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)))
        {
            lines.Add("Connection: close");
        }

        return await SendLinesAsync(to, lines, body);
    }

    /// <summary>Not even blanks are trimmed, and nothing is added.</summary>
    /// <exception cref="InvalidDataException">The other side closed without a whole answer.</exception>
    public static async Task<RawAnswer> SendLinesAsync(Uri to, IEnumerable<string> lines, string body = "") =>
        RawAnswer.Parse(await ExchangeAsync(to, string.Join("\r\n", lines) + "\r\n\r\n" + body));

    private static async Task<byte[]> ExchangeAsync(Uri to, string message)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port, late.Token);
        await using var stream = await StreamAsync(to, client, late.Token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(message), late.Token);
        return await ReadAsync(stream, late.Token);
    }

    private static async Task<Stream> StreamAsync(Uri to, TcpClient client, CancellationToken late)
    {
        if (to.Scheme != "https")
        {
            return client.GetStream();
        }

#pragma warning disable CA5359 // The edge made its certificate a moment ago.
        var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, late);
        return tls;
    }

    /// <summary>To the end of the stream, or to the end of a body whose length is known.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken late)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[8192];
        while (!IsWhole(answer))
        {
            var count = await stream.ReadAsync(buffer, late);
            if (count == 0)
            {
                break;
            }

            answer.Write(buffer, 0, count);
        }

        return answer.ToArray();
    }

    private static bool IsWhole(MemoryStream answer)
    {
        var bytes = answer.ToArray();
        return bytes.AsSpan().IndexOf("\r\n\r\n"u8) >= 0 && RawAnswer.Parse(bytes) is var parsed && (parsed.IsChunked ? EndsChunks(bytes) : parsed.IsWhole);
    }

    private static bool EndsChunks(byte[] bytes) => bytes.AsSpan().EndsWith("0\r\n\r\n"u8);
}
