using Sidecar.Contracts;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.State;

/// <summary>Before the first request: what an earlier process knew, so that a restart while the control plane is away changes nothing.</summary>
internal sealed class StateRestorer(
    StateFolder state,
    TrustKeeper trust,
    SnapshotReceiver snapshots,
    ServingHolder serving,
    PrincipalKeeper principals,
    EndedSessions ended,
    ContactKeeper contact,
    ContactClock clock,
    ILogger<StateRestorer> logger)
{
    public void Restore()
    {
        ended.Restore(state.Read(StateFiles.Sessions, StateJson.Default.EndedSessionList)?.Sessions ?? []);
        if (trust.Restore() is not { } pinned)
        {
            return;
        }

        snapshots.UseTrust(pinned);
        var last = contact.Restore();
        if (state.Read(StateFiles.Secrets, ContractsJson.Default.SecretsDocument) is { } secrets)
        {
            snapshots.UseSecrets(secrets);
        }

        if (state.ReadRaw(StateFiles.Snapshot) is { } document)
        {
            // The file is signed but could be an old one, put back by somebody: the sealed contact names the last.
            snapshots.Accept(document, last is not null && last.Epoch == pinned.Epoch ? last.Revision : 0);
        }

        var count = principals.Restore();
        logger.Restored(serving.Current?.Compiled.Source.Revision ?? 0, count, clock.Age);
    }
}
