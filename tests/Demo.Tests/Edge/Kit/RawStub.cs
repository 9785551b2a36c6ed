using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>A server that keeps the bytes of each request head and answers with the bytes it was given.</summary>
internal sealed class RawStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly List<string> _heads = [];
    private int _connections;

    private RawStub(string answer) => _answer = Encoding.Latin1.GetBytes(answer);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/check");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Request line and header lines of every request so far.</summary>
    public IReadOnlyList<string> Heads
    {
        get
        {
            lock (_heads)
            {
                return [.. _heads];
            }
        }
    }

    public IReadOnlyList<string> Lines => Assert.Single(Heads).Split("\r\n");

    public static Task<RawStub> StartAsync(string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    {
        var stub = new RawStub(answer);
        stub._listener.Start();
        _ = stub.AcceptAsync();
        return Task.FromResult(stub);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using var owned = client;
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        var read = "";
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                read += Encoding.Latin1.GetString(buffer, 0, count);
                if (read.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
                {
                    Keep(read[..end]);
                    read = read[(end + 4)..];
                    await stream.WriteAsync(_answer, _stop.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The edge or the test went away.
        }
    }

    private void Keep(string head)
    {
        lock (_heads)
        {
            _heads.Add(head);
        }
    }
}
