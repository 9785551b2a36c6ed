using System.Collections.Concurrent;
using System.Threading.Channels;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.Channel;

/// <summary>Reads principals again that a change put out of date, so that mostly no request has to wait for it. A few at a time.</summary>
internal sealed class PrincipalPrefetch(PrincipalTable table)
{
    private const int Workers = 8;

    private readonly Channel<Guid> _queue = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, byte> _waiting = new();

    public void Add(Guid id)
    {
        if (_waiting.TryAdd(id, 0))
        {
            _queue.Writer.TryWrite(id);
        }
    }

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancel)));

    private async Task WorkAsync(CancellationToken cancel)
    {
        await foreach (var id in _queue.Reader.ReadAllAsync(cancel))
        {
            _waiting.TryRemove(id, out _);
            // When it cannot be read now, the next request for it asks again.
            await table.FetchAsync(id, 0, ChannelHttp.InteractiveBudget, cancel);
        }
    }
}
