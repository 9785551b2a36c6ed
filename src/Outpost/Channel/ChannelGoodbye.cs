using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Channel;

/// <summary>The pinned control plane says that this outpost is gone or its token revoked: nothing is served from here on, and the state is deleted.</summary>
internal sealed class ChannelGoodbye(
    TrustKeeper trust,
    SnapshotReceiver snapshots,
    PrincipalTable principals,
    PrincipalKeeper keeper,
    EndedSessions ended,
    ChannelEpoch epoch,
    ChannelState channel,
    StateFolder state,
    ILogger<ChannelGoodbye> logger)
{
    public void Hear(Goodbye goodbye)
    {
        if (trust.Pinned is not { } pinned)
        {
            return;
        }

        if (pinned.Installation != goodbye.Installation)
        {
            logger.ForeignGoodbye(goodbye.Installation);
            return;
        }

        snapshots.Clear();
        epoch.Advance();
        trust.Forget();
        channel.IsInStep = false;
        principals.Clear();
        ended.Clear();
        keeper.DeleteAll();
        state.DeleteAll();
        logger.SaidGoodbye(goodbye.Reason);
    }
}
