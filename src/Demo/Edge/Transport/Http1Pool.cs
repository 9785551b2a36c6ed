using System.Net.Sockets;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>Keeps at most two idle connections per auth server, as Go's transport does where nothing raises that number.</summary>
internal sealed class Http1Pool : IDisposable
{
    private const int IdlePerHost = 2;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan DialTime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Stack<Http1Connection>> _idle = [];
    private readonly Dictionary<Http1Connection, string> _rented = [];
    private int _opened;

    /// <summary>How many connections were made: what a busy edge costs an auth server without HTTP/2.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public async Task<Http1Connection> RentAsync(Uri address, CancellationToken cancel)
    {
        while (TryTake(address.Authority) is { } idle)
        {
            if (TimeProvider.System.GetElapsedTime(idle.IdleSince) < IdleTime)
            {
                return Remember(idle, address.Authority);
            }

            idle.Dispose();
        }

        return Remember(await DialAsync(address, cancel), address.Authority);
    }

    public void Return(Http1Connection connection, bool canStay)
    {
        connection.Rest(TimeProvider.System.GetTimestamp());
        lock (_idle)
        {
            _rented.Remove(connection, out var authority);
            var idle = Idle(authority!);
            if (canStay && idle.Count < IdlePerHost)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (_idle)
        {
            foreach (var connection in _idle.Values.SelectMany(stack => stack).Concat(_rented.Keys))
            {
                connection.Dispose();
            }
        }
    }

    private Http1Connection? TryTake(string authority)
    {
        lock (_idle)
        {
            return Idle(authority).TryPop(out var connection) ? connection : null;
        }
    }

    private Stack<Http1Connection> Idle(string authority) =>
        _idle.TryGetValue(authority, out var stack) ? stack : _idle[authority] = new Stack<Http1Connection>();

    private Http1Connection Remember(Http1Connection connection, string authority)
    {
        lock (_idle)
        {
            _rented[connection] = authority;
            return connection;
        }
    }

    private async Task<Http1Connection> DialAsync(Uri address, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(DialTime);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.IdnHost.Trim('[', ']'), address.Port, late.Token);
            Interlocked.Increment(ref _opened);
            return new Http1Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
