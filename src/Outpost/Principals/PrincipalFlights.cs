using System.Collections.Concurrent;

namespace Sidecar.Outpost.Principals;

/// <summary>Fetches under way: one for a principal, however many requests wait, and a bounded number at a time.</summary>
internal sealed class PrincipalFlights(IPrincipalSource source, ChannelEpoch epoch, TimeProvider time) : IDisposable
{
    private const int AtATime = 32;

    // A change told while the answer was under way asks for another one; more than a few in a row means that something else is wrong.
    private const int Attempts = 3;

    private readonly ConcurrentDictionary<Guid, Lazy<Task<PrincipalLookup>>> _flights = new();
    private readonly SemaphoreSlim _seats = new(AtATime);

    public async Task<PrincipalLookup> WaitAsync(PrincipalTable table, Guid id, long minRevision, TimeSpan budget, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        try
        {
            var (flight, joined) = Board(table, id);
            var lookup = await flight.WaitAsync(budget, time, cancel);
            if (!joined || lookup.Status != PrincipalLookupStatus.Found || lookup.Principal!.Revision >= minRevision)
            {
                return lookup;
            }

            // It took off before this caller knew of the newer revision.
            var left = budget - time.GetElapsedTime(started);
            return left <= TimeSpan.Zero ? default : await Board(table, id).Flight.WaitAsync(left, time, cancel);
        }
        catch (TimeoutException)
        {
            return default;
        }
    }

    public void Dispose() => _seats.Dispose();

    private (Task<PrincipalLookup> Flight, bool Joined) Board(PrincipalTable table, Guid id)
    {
        Lazy<Task<PrincipalLookup>>? own = null;
        own = new Lazy<Task<PrincipalLookup>>(() => FlyAsync(table, id, own!));
        var flight = _flights.GetOrAdd(id, own);
        return (flight.Value, !ReferenceEquals(flight, own));
    }

    // No caller's cancellation ends it: others may wait for the same answer.
    private async Task<PrincipalLookup> FlyAsync(PrincipalTable table, Guid id, Lazy<Task<PrincipalLookup>> self)
    {
        await _seats.WaitAsync();
        try
        {
            return await AskAsync(table, id);
        }
        finally
        {
            _seats.Release();
            _flights.TryRemove(KeyValuePair.Create(id, self));
        }
    }

    private async Task<PrincipalLookup> AskAsync(PrincipalTable table, Guid id)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var generation = epoch.Generation;
            var lookup = await source.GetPrincipalAsync(id, CancellationToken.None);
            if (generation != epoch.Generation)
            {
                continue;
            }

            if (lookup.Status == PrincipalLookupStatus.Unknown)
            {
                table.Drop(id);
            }

            if (lookup.Status != PrincipalLookupStatus.Found)
            {
                return lookup;
            }

            if (table.TryApply(lookup.Principal!))
            {
                // A newer copy may have come meanwhile, with a sign-in or a credential: that one decides, for who waited too.
                return PrincipalLookup.Found(table.Peek(id) ?? lookup.Principal!);
            }
        }

        return default;
    }
}
