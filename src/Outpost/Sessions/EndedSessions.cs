using System.Collections.Concurrent;

namespace Sidecar.Outpost.Sessions;

/// <summary>
/// Sessions that were ended here. They stay refused after the control plane was told, until no copy of a principal can be old enough to list them.
/// </summary>
internal sealed class EndedSessions(TimeProvider time)
{
    // An id takes 16 bytes; ending sessions needs a valid ticket of each.
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<Guid, EndedSession> _ended = new();
    private long _generation;

    /// <summary>Told after a change; must return at once.</summary>
    public Action? Changed { get; set; }

    public IReadOnlyList<EndedSession> All => [.. _ended.Values];

    /// <summary>Higher after each session that was added: who looked a session up at this number need not do it again.</summary>
    public long Generation => Volatile.Read(ref _generation);

    // Not IsEmpty first: that takes every lock of the dictionary when it is.
    public bool Contains(Guid sid) => _ended.ContainsKey(sid);

    public void Add(Guid sid)
    {
        if (_ended.Count < Capacity && _ended.TryAdd(sid, new EndedSession(sid, time.GetUtcNow().ToUnixTimeSeconds(), Delivered: false)))
        {
            Interlocked.Increment(ref _generation);
            Changed?.Invoke();
        }
    }

    public void MarkDelivered(Guid sid)
    {
        if (_ended.TryGetValue(sid, out var session) && _ended.TryUpdate(sid, session with { Delivered = true }, session))
        {
            Changed?.Invoke();
        }
    }

    public void Restore(IEnumerable<EndedSession> sessions)
    {
        foreach (var session in sessions)
        {
            _ended.TryAdd(session.Sid, session);
        }

        Interlocked.Increment(ref _generation);
    }

    public void Clear() => _ended.Clear();

    /// <summary>Forgets delivered ones that ended longer ago than <paramref name="age"/>.</summary>
    public void Forget(TimeSpan age)
    {
        var limit = time.GetUtcNow().ToUnixTimeSeconds() - (long)age.TotalSeconds;
        foreach (var session in _ended.Values.Where(session => session.Delivered && session.EndedAt < limit))
        {
            _ended.TryRemove(session.Sid, out _);
        }
    }
}
