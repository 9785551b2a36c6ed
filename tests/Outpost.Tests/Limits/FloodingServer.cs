using System.Net;
using System.Net.Sockets;
using System.Text;
using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Tests.Limits;

/// <summary>In place of a control plane: asked for the stream of changes, it answers without an end. Plain sockets, which know how much was taken.</summary>
internal sealed class FloodingServer : IAsyncDisposable
{
    private const long Enough = 512 * 1024 * 1024;

    private readonly TcpListener _listener;
    private readonly string _head;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<long> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    public FloodingServer(int port, int status, string type)
    {
        _head = $"HTTP/1.1 {status} Here\r\nContent-Type: {type}\r\n{ChannelRoutes.TimeHeader}: 1\r\n\r\n";
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Bytes of the first flood until the other side had enough.</summary>
    public Task<long> Taken => _taken.Task;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Stop();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var sent = 0L;
        var isStream = false;
        try
        {
            isStream = (await ReadHeadAsync(stream)).Contains("/" + ChannelRoutes.Stream, StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(isStream ? _head : "HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _ending.Token);
            var junk = new byte[64 * 1024];
            junk.AsSpan().Fill((byte)'a');
            while (isStream && sent < Enough)
            {
                await stream.WriteAsync(junk, _ending.Token);
                sent += junk.Length;
            }
        }
        catch (IOException)
        {
        }

        if (isStream)
        {
            _taken.TrySetResult(sent);
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _ending.Token) is var read and > 0)
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}
