using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>A <see cref="Snapshots.Serving"/> as requests use it: what they need of an application is made at its first request, not for ten thousand at once.</summary>
internal sealed class ServingView(Serving serving, TicketKeyRing ring, Uri? hostBrowser)
{
    private readonly ApplicationView?[] _applications = new ApplicationView?[serving.Compiled.Applications.Count];

    public Serving Serving { get; } = serving;

    public TicketKeyRing Ring { get; } = ring;

    public Snapshot Snapshot => Serving.Compiled.Source;

    /// <summary>Null, with the reason, when no application answers for <c>host[:port]</c>.</summary>
    public ApplicationView? FindByHost(ReadOnlySpan<char> authority, out Reason reason) =>
        Serving.Compiled.IndexByHost(authority, out reason) is var index and >= 0 ? Volatile.Read(ref _applications[index]) ?? Create(index) : null;

    public ApplicationView Of(CompiledApplication application) => Volatile.Read(ref _applications[application.Index]) ?? Create(application.Index);

    /// <summary>Whether requests can still be answered for this very view.</summary>
    public bool Has(ApplicationView view) =>
        view.Compiled.Index < _applications.Length && ReferenceEquals(Volatile.Read(ref _applications[view.Compiled.Index]), view);

    private ApplicationView Create(int index)
    {
        var application = Serving.Compiled.Applications[index];
        var view = new ApplicationView(application, Snapshot, Ring, Serving.SecretsOf(application.Provider.ClientId), hostBrowser);
        return Interlocked.CompareExchange(ref _applications[index], view, null) ?? view;
    }
}
