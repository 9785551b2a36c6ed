using System.Collections.Concurrent;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.State;

/// <summary>Writes changed principals in the background. What changes twice before it is written is written once.</summary>
internal sealed class PrincipalKeeper : IDisposable
{
    // A log this much longer than what it holds is written anew.
    private const int SlackEntries = 10_000;

    // Not at each change: a full disk would be filled and emptied over and over by a log that is written anew.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, byte> _dirty = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _writing = new();
    private readonly HashSet<Guid> _stored = [];
    private readonly PrincipalTable _table;
    private readonly PrincipalLog _log;
    private readonly StateFolder _state;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _open;

    // The last write failed: nothing is kept, and all is to be written.
    private bool _failed;

    public PrincipalKeeper(PrincipalTable table, StateFolder state, TimeProvider time, ILogger<PrincipalKeeper> logger)
    {
        _table = table;
        _state = state;
        _time = time;
        _logger = logger;
        _log = new PrincipalLog(state, logger);
        if (state.Keeps)
        {
            table.Changed = Note;
        }
    }

    /// <returns>How many the state held.</returns>
    public int Restore()
    {
        var principals = _log.ReadAll();
        foreach (var principal in principals.Values)
        {
            _table.Apply(principal);
        }

        return principals.Count;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await _wake.WaitAsync(cancel);
            if (!Write())
            {
                await Task.Delay(RetryAfter, _time, cancel);
                Wake();
            }
        }
    }

    /// <summary>Writes what is due; also the last act before the process ends.</summary>
    /// <returns>False when the disk does not take it. Then nothing is kept: absent is safe, out of date is not.</returns>
    public bool Write()
    {
        lock (_writing)
        {
            try
            {
                WriteDirty();
                _failed = false;
                return true;
            }
            catch (Exception error) when (PrivateFile.IsFileFault(error))
            {
                if (!_failed)
                {
                    _logger.NotWritten(StateFiles.Principals, error.Message);
                }

                DeleteAll();
                _failed = true;
                return false;
            }
        }
    }

    public void DeleteAll()
    {
        lock (_writing)
        {
            _dirty.Clear();
            _log.Delete();
            _stored.Clear();
            _open = false;
            _failed = false;
        }
    }

    public void Dispose()
    {
        _log.Dispose();
        _wake.Dispose();
    }

    private void Note(Guid id)
    {
        if (_dirty.TryAdd(id, 0))
        {
            Wake();
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken by somebody else in between.
        }
    }

    private void WriteDirty()
    {
        if (!_state.Keeps || (_dirty.IsEmpty && !_failed))
        {
            return;
        }

        if (!_open || _log.Entries > (2L * _stored.Count) + SlackEntries)
        {
            RewriteAll();
            return;
        }

        var removed = false;
        foreach (var (id, _) in _dirty)
        {
            // Taken off first: a change from here on is noted again.
            _dirty.TryRemove(id, out _);
            removed |= !WriteOne(id);
        }

        _log.Flush(removed);
    }

    private bool WriteOne(Guid id)
    {
        if (_table.Peek(id) is { } principal)
        {
            _log.Append(principal);
            _stored.Add(id);
            return true;
        }

        if (!_stored.Remove(id))
        {
            return true;
        }

        _log.AppendRemoval(id);
        return false;
    }

    private void RewriteAll()
    {
        _dirty.Clear();
        _stored.Clear();
        _log.Rewrite(Current());
        _open = true;
    }

    private IEnumerable<Principal> Current()
    {
        foreach (var id in _table.Revisions().Keys)
        {
            if (_table.Peek(id) is { } principal)
            {
                _stored.Add(id);
                yield return principal;
            }
        }
    }
}
