using Microsoft.Extensions.Time.Testing;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Principals;

public sealed class PrincipalTableTests : IPrincipalSource, IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ChannelEpoch _epoch = new();
    private readonly PrincipalTable _table;
    private readonly Principal _ana = SamplePrincipal.Create(revision: 5);
    private Func<Guid, Task<PrincipalLookup>> _answer;
    private int _asked;

    public PrincipalTableTests()
    {
        _answer = _ => Task.FromResult(PrincipalLookup.Found(_ana));
        _table = new PrincipalTable(this, _epoch, new EndedSessions(_time), _time, capacity: 100);
    }

    Task<PrincipalLookup> IPrincipalSource.GetPrincipalAsync(Guid id, CancellationToken cancel)
    {
        Interlocked.Increment(ref _asked);
        return _answer(id);
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task One_fetch_serves_a_hundred_waiters()
    {
        var gate = new TaskCompletionSource<PrincipalLookup>();
        _answer = _ => gate.Task;

        var waiters = Enumerable.Range(0, 100).Select(_ => FetchAsync(5)).ToList();
        gate.SetResult(PrincipalLookup.Found(_ana));
        var lookups = await Task.WhenAll(waiters);

        Assert.All(lookups, lookup => Assert.Equal(PrincipalLookupStatus.Found, lookup.Status));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public void An_older_copy_never_replaces_a_newer_one()
    {
        _table.Apply(_ana);
        _table.Apply(_ana with { Revision = 4, Active = false });

        Assert.True(_table.TryGet(_ana.Id, out var held));
        Assert.Equal(5, held!.Revision);
    }

    [Fact]
    public void A_copy_that_a_change_put_out_of_date_does_not_decide()
    {
        _table.Apply(_ana);

        Assert.True(_table.Invalidate(_ana.Id, 6));

        Assert.False(_table.TryGet(_ana.Id, out _));
        _table.Apply(_ana);
        Assert.False(_table.TryGet(_ana.Id, out _));
        _table.Apply(_ana with { Revision = 6 });
        Assert.True(_table.TryGet(_ana.Id, out _));
    }

    [Fact]
    public async Task An_answer_that_a_newer_copy_overtook_is_not_what_its_waiters_get()
    {
        var gate = new TaskCompletionSource<PrincipalLookup>();
        _answer = _ => gate.Task;
        var waiter = FetchAsync(5);

        // With a sign-in, or a credential: newer than the answer, and told by nobody yet.
        _table.Apply(_ana with { Revision = 6, Active = false });
        gate.SetResult(PrincipalLookup.Found(_ana));

        Assert.Equal(6, (await waiter).Principal!.Revision);
    }

    [Fact]
    public void An_answer_under_way_does_not_bring_back_what_a_change_revoked()
    {
        // Not held when the change is told; the answer to an earlier question comes after it.
        _table.Invalidate(_ana.Id, 6);
        _table.Apply(_ana);

        Assert.False(_table.TryGet(_ana.Id, out _));
    }

    [Fact]
    public async Task A_change_told_while_the_answer_is_under_way_asks_again()
    {
        _answer = id =>
        {
            if (_asked == 1)
            {
                _table.Invalidate(id, 6);
                return Task.FromResult(PrincipalLookup.Found(_ana));
            }

            return Task.FromResult(PrincipalLookup.Found(_ana with { Revision = 6 }));
        };

        var lookup = await FetchAsync(5);

        Assert.Equal(6, lookup.Principal!.Revision);
    }

    [Fact]
    public async Task A_principal_that_may_not_be_read_any_more_is_dropped()
    {
        _table.Apply(_ana);
        _table.Invalidate(_ana.Id, 6);
        _answer = _ => Task.FromResult(PrincipalLookup.Unknown);

        var lookup = await FetchAsync(6);

        Assert.Equal(PrincipalLookupStatus.Unknown, lookup.Status);
        Assert.False(_table.TryGet(_ana.Id, out _));
    }

    [Fact]
    public async Task A_waiter_gives_up_when_its_budget_is_used()
    {
        var gate = new TaskCompletionSource<PrincipalLookup>();
        _answer = _ => gate.Task;

        var waiting = FetchAsync(5);
        _time.Advance(Budget + TimeSpan.FromSeconds(1));

        Assert.Equal(PrincipalLookupStatus.Unavailable, (await waiting).Status);
        gate.SetResult(default);
    }

    [Fact]
    public async Task An_answer_of_an_earlier_epoch_is_thrown_away()
    {
        _answer = _ =>
        {
            if (_asked == 1)
            {
                _epoch.Advance();
                return Task.FromResult(PrincipalLookup.Found(_ana with { Revision = 900 }));
            }

            return Task.FromResult(PrincipalLookup.Found(_ana));
        };

        Assert.Equal(5, (await FetchAsync(0)).Principal!.Revision);
    }

    [Fact]
    public async Task A_ticket_ahead_of_a_restored_database_gets_the_principal_as_it_is_now() =>
        Assert.Equal(PrincipalLookupStatus.Found, (await FetchAsync(minRevision: 900)).Status);

    [Fact]
    public void The_table_stays_within_its_bound_and_keeps_who_is_used()
    {
        _table.Apply(_ana);
        for (var i = 0; i < 1_000; i++)
        {
            _table.TryGet(_ana.Id, out _);
            _table.Apply(SamplePrincipal.Create(revision: 1));
        }

        Assert.InRange(_table.Count, 1, 101);
        Assert.True(_table.TryGet(_ana.Id, out _));
    }

    [Fact]
    public void A_read_allocates_nothing()
    {
        _table.Apply(_ana);
        _table.TryGet(_ana.Id, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _table.TryGet(_ana.Id, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Task<PrincipalLookup> FetchAsync(long minRevision) =>
        _table.FetchAsync(_ana.Id, minRevision, Budget, TestContext.Current.CancellationToken).AsTask();
}
