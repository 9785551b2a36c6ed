using System.Collections.Concurrent;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Sessions;

namespace Sidecar.Outpost.Principals;

/// <summary>
/// The principals that this outpost holds. Reading takes no lock and allocates nothing; one fetch runs for a principal however many wait for it.
/// </summary>
internal sealed class PrincipalTable(
    IPrincipalSource source, ChannelEpoch epoch, EndedSessions ended, TimeProvider time, int capacity = PrincipalTable.DefaultCapacity) : IDisposable
{
    /// <summary>About 1 KB each.</summary>
    public const int DefaultCapacity = 250_000;

    private static readonly TimeSpan FloorLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, HeldPrincipal> _held = new();
    private readonly PrincipalMarks _marks = new();
    private readonly PrincipalFlights _flights = new(source, epoch, time);
    private int _count;

    /// <summary>Told after a row has changed; must return at once.</summary>
    public Action<Guid>? Changed { get; set; }

    /// <summary>Rows, floors among them.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>False when not held, or held but known to be out of date.</summary>
    public bool TryGet(Guid id, out Principal? principal)
    {
        if (_held.TryGetValue(id, out var held) && held.IsCurrent)
        {
            if (!held.Touched)
            {
                held.Touched = true;
            }

            principal = held.Principal;
            return true;
        }

        principal = null;
        return false;
    }

    /// <summary>
    /// A number that is higher after each change of this principal, and of a few others: whoever has asked <see cref="TryGet"/> and <see cref="IsEnded"/> since he
    /// read it would be told the same again. It saves the request path two look-ups in tables that no cache of a processor holds.
    /// </summary>
    /// <param name="slot"><see cref="PrincipalMarks.SlotOf"/> of its id.</param>
    public long MarkOf(int slot) => _marks.Of(slot) + ended.Generation;

    /// <summary>As <see cref="TryGet"/>, without counting as use.</summary>
    public Principal? Peek(Guid id) => _held.TryGetValue(id, out var held) && held.IsCurrent ? held.Principal : null;

    /// <summary>
    /// The principal at <paramref name="minRevision"/> or newer, else as the control plane knows it now: after its database was restored, a ticket may
    /// name a revision that is ahead of it.
    /// </summary>
    public ValueTask<PrincipalLookup> FetchAsync(Guid id, long minRevision, TimeSpan budget, CancellationToken cancel) =>
        TryGet(id, out var principal) && principal!.Revision >= minRevision
            ? new ValueTask<PrincipalLookup>(PrincipalLookup.Found(principal))
            : new ValueTask<PrincipalLookup>(_flights.WaitAsync(this, id, minRevision, budget, cancel));

    /// <summary>Holds it, if it is newer than what is held and not older than what was told.</summary>
    public void Apply(Principal principal) => TryApply(principal);

    /// <summary>False when the change log has already told of a newer one.</summary>
    public bool TryApply(Principal principal)
    {
        while (true)
        {
            if (!_held.TryGetValue(principal.Id, out var held))
            {
                if (TryAdd(principal.Id, new HeldPrincipal(principal, 0, time.GetTimestamp())))
                {
                    return true;
                }
            }
            else if (principal.Revision < held.Required)
            {
                return false;
            }
            else if (held.Principal is { } older && older.Revision >= principal.Revision)
            {
                return true;
            }
            else if (TryReplace(principal.Id, held, new HeldPrincipal(principal, held.Required, time.GetTimestamp())))
            {
                return true;
            }
        }
    }

    /// <summary>From now on only a copy at <paramref name="revision"/> or newer decides.</summary>
    /// <returns>Whether a copy was held, so that it is worth fetching.</returns>
    public bool Invalidate(Guid id, long revision)
    {
        while (true)
        {
            if (!_held.TryGetValue(id, out var held))
            {
                if (TryAdd(id, new HeldPrincipal(null, revision, time.GetTimestamp())))
                {
                    return false;
                }
            }
            else if (held.Required >= revision || TryReplace(id, held, new HeldPrincipal(held.Principal, revision, time.GetTimestamp())))
            {
                return held.Principal is not null;
            }
        }
    }

    /// <summary>The control plane says that this outpost may not read it. The floor stays.</summary>
    public void Drop(Guid id)
    {
        while (_held.TryGetValue(id, out var held) && held.Principal is not null
            && !TryReplace(id, held, new HeldPrincipal(null, held.Required, time.GetTimestamp())))
        {
        }
    }

    /// <summary>Ids and revisions of all copies, also of those that are out of date.</summary>
    public Dictionary<Guid, long> Revisions() =>
        _held.Where(row => row.Value.Principal is not null).ToDictionary(row => row.Key, row => row.Value.Principal!.Revision);

    /// <summary>Forgets everything: revisions of another epoch are not comparable.</summary>
    public IReadOnlyList<Guid> Clear()
    {
        var ids = _held.Where(row => row.Value.Principal is not null).Select(row => row.Key).ToList();
        foreach (var row in _held)
        {
            Remove(row);
        }

        return ids;
    }

    /// <summary>Drops floors that have done their work. Called now and then, off the request path.</summary>
    public void Sweep()
    {
        foreach (var row in _held)
        {
            if (row.Value.Principal is null && time.GetElapsedTime(row.Value.NotedAt) > FloorLifetime)
            {
                Remove(row);
            }
        }
    }

    /// <summary>Refuses the session here at once; the control plane is told when it can be reached.</summary>
    public void EndSession(Guid sid) => ended.Add(sid);

    public bool IsEnded(Guid sid) => ended.Contains(sid);

    public void Dispose() => _flights.Dispose();

    private bool TryAdd(Guid id, HeldPrincipal row)
    {
        if (!_held.TryAdd(id, row))
        {
            return false;
        }

        if (Interlocked.Increment(ref _count) > capacity)
        {
            Evict();
        }

        Tell(id);
        return true;
    }

    private bool TryReplace(Guid id, HeldPrincipal row, HeldPrincipal next)
    {
        if (!_held.TryUpdate(id, next, row))
        {
            return false;
        }

        Tell(id);
        return true;
    }

    private void Remove(KeyValuePair<Guid, HeldPrincipal> row)
    {
        if (_held.TryRemove(row))
        {
            Interlocked.Decrement(ref _count);
            Tell(row.Key);
        }
    }

    // After the row has changed: who reads the mark and then the row sees either both as they were, or a mark that is about to move.
    private void Tell(Guid id)
    {
        _marks.Move(id);
        Changed?.Invoke(id);
    }

    // Second chance: who was read since the last round stays. An evicted principal is fetched again when it comes back. A floor that is still
    // young never goes: it may be all that holds back an answer under way.
    private void Evict()
    {
        EvictUnused();

        // Who is still in use has to look its row up again, and by that marks it for the next round.
        _marks.MoveAll();
    }

    private void EvictUnused()
    {
        var surplus = Math.Max(1, capacity / 10);
        foreach (var row in _held)
        {
            if (row.Value.Principal is null)
            {
                continue;
            }

            if (row.Value.Touched)
            {
                row.Value.Touched = false;
                continue;
            }

            Remove(row);
            if (--surplus == 0)
            {
                return;
            }
        }
    }
}
