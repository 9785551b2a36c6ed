using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Principals;

/// <summary>Whatever would change what the tables say of a person moves the mark: an answer that was found to stand at the old one is looked up again.</summary>
public sealed class PrincipalMarksTests : IDisposable
{
    private readonly EndedSessions _ended = new(TimeProvider.System);
    private readonly PrincipalTable _table;

    public PrincipalMarksTests() => _table = new PrincipalTable(new NoSource(), new ChannelEpoch(), _ended, TimeProvider.System, capacity: 4);

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Each_change_of_a_principal_moves_its_mark()
    {
        var ana = SamplePrincipal.Create() with { Revision = 1 };

        Moves(ana.Id, () => _table.Apply(ana));
        Moves(ana.Id, () => _table.Apply(ana with { Revision = 2 }));
        Moves(ana.Id, () => _table.Invalidate(ana.Id, 3));
        Moves(ana.Id, () => _table.Apply(ana with { Revision = 3 }));
        Moves(ana.Id, () => _table.Drop(ana.Id));
        Moves(ana.Id, () => _table.Apply(ana with { Revision = 4 }));
        Moves(ana.Id, () => _table.Clear());
    }

    [Fact]
    public void An_ended_session_moves_every_mark()
    {
        Moves(Guid.NewGuid(), () => _table.EndSession(Guid.NewGuid()));
        Moves(Guid.NewGuid(), () => _ended.Restore([new EndedSession(Guid.NewGuid(), 1, Delivered: false)]));
    }

    [Fact]
    public void A_round_of_evictions_moves_every_mark()
    {
        var ana = Guid.NewGuid();

        Moves(ana, () =>
        {
            for (var i = 0; i < 6; i++)
            {
                _table.Apply(SamplePrincipal.Create() with { Revision = 1 });
            }
        });
    }

    private void Moves(Guid id, Action change)
    {
        var before = _table.MarkOf(PrincipalMarks.SlotOf(id));
        change();
        Assert.True(_table.MarkOf(PrincipalMarks.SlotOf(id)) > before);
    }

    private sealed class NoSource : IPrincipalSource
    {
        public Task<PrincipalLookup> GetPrincipalAsync(Guid id, CancellationToken cancel) => throw new InvalidOperationException("nothing is fetched here");
    }
}
