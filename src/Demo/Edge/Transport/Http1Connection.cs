using System.Net.Sockets;
using System.Text;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>One connection to an auth server and a small buffer to read from it by line and by count.</summary>
internal sealed class Http1Connection(Socket socket) : IDisposable
{
    private const int MaxHeaderBytes = 10 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _headerBytes;

    public NetworkStream Stream { get; } = new(socket, ownsSocket: true);

    public bool IsReused { get; private set; }

    /// <summary>Something of the present answer has arrived.</summary>
    public bool HasRead { get; private set; }

    public long IdleSince { get; private set; }

    public void Rest(long now)
    {
        (IsReused, HasRead, IdleSince, _headerBytes) = (true, false, now, 0);
    }

    public async Task<bool> HasAnswerAsync(CancellationToken cancel) => _start < _end || await FillAsync(cancel);

    public async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        var line = new List<byte>();
        while (true)
        {
            var next = await ReadByteAsync(cancel);
            if (next == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next);
            if (++_headerBytes > MaxHeaderBytes)
            {
                throw new IOException("the auth server's headers do not end");
            }
        }
    }

    /// <summary>At most as many bytes as fit; 0 at the end of the stream.</summary>
    public async Task<int> ReadAsync(Memory<byte> target, CancellationToken cancel)
    {
        if (_start == _end && !await FillAsync(cancel))
        {
            return 0;
        }

        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    public void Dispose() => Stream.Dispose();

    private async Task<byte> ReadByteAsync(CancellationToken cancel) =>
        _start < _end || await FillAsync(cancel) ? _buffer[_start++] : throw new IOException("the auth server's answer ends early");

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        (_start, _end) = (0, await Stream.ReadAsync(_buffer, cancel));
        HasRead |= _end > 0;
        return _end > 0;
    }
}
