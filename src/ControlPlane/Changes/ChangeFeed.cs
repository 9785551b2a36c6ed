using System.Threading.Channels;

namespace Sidecar.ControlPlane.Changes;

/// <summary>The newest change number that this process knows of. Numbers only: whoever is woken reads the log.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _writing = new();

    // Only the newest matters to whoever passes them on.
    private readonly Channel<long> _committedHere = System.Threading.Channels.Channel.CreateBounded<long>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private TaskCompletionSource _next = NewSignal();
    private long _newest;
    private int _turn;

    public long Newest => Volatile.Read(ref _newest);

    public FeedPosition Position
    {
        get
        {
            lock (_writing)
            {
                return new FeedPosition(_turn, _newest);
            }
        }
    }

    /// <summary>Numbers that transactions of this process took: what other replicas may not know yet. One reader.</summary>
    public ChannelReader<long> CommittedHere => _committedHere.Reader;

    public void AnnounceHere(long number)
    {
        _committedHere.Writer.TryWrite(number);
        Announce(number);
    }

    public void Announce(long number)
    {
        lock (_writing)
        {
            if (number <= _newest)
            {
                return;
            }

            Volatile.Write(ref _newest, number);
            Wake();
        }
    }

    /// <summary>The database ends at this number, whatever was announced before: it was restored from a backup, or has a new epoch. Everybody wakes.</summary>
    public void GoBack(long number)
    {
        lock (_writing)
        {
            _turn++;
            Volatile.Write(ref _newest, number);
            Wake();
        }
    }

    /// <summary>Returns at once when there is a number above the one known, or when the numbers went back, else when that happens.</summary>
    public async Task WaitForMoreThanAsync(FeedPosition known, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (_writing)
            {
                if (_newest > known.Newest || _turn != known.Turn)
                {
                    return;
                }

                next = _next.Task;
            }

            await next.WaitAsync(cancel);
        }
    }

    private void Wake()
    {
        var woken = _next;
        _next = NewSignal();
        woken.SetResult();
    }

    // Continuations run elsewhere: whoever commits must not do the readers' work.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
