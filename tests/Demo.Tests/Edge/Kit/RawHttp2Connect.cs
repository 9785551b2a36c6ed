using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>One CONNECT with a body over HTTP/2, frame by frame: client libraries send none.</summary>
internal static class RawHttp2Connect
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;

    /// <summary>True when the answer is 200.</summary>
    public static async Task<bool> SendAsync(Uri to, string authority, string body, bool withLength)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port, late.Token);
#pragma warning disable CA5359 // The edge made its certificate a moment ago.
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] }, late.Token);

        byte[] message =
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame(Settings, 0, 0, []),
            .. Frame(Headers, 4, 1, [.. Field(":method", "CONNECT"), .. Field(":authority", authority), .. withLength ? Field("content-length", $"{body.Length}") : []]),
            .. Frame(Data, 1, 1, Encoding.ASCII.GetBytes(body)),
        ];
        await tls.WriteAsync(message, late.Token);
        return await ReadStatusAsync(tls, late.Token);
    }

    private static async Task<bool> ReadStatusAsync(SslStream tls, CancellationToken late)
    {
        var head = new byte[9];
        while (true)
        {
            await tls.ReadExactlyAsync(head, late);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await tls.ReadExactlyAsync(payload, late);
            if (head[3] == Headers)
            {
                // ":status: 200" is entry 8 of HPACK's static table; a table size update may stand before it.
                return payload.Contains((byte)0x88);
            }
        }
    }

    private static byte[] Frame(byte type, byte flags, byte stream, byte[] payload) =>
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, stream, .. payload];

    /// <summary>A literal header field that nobody indexes, without Huffman coding.</summary>
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
