using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.Channel;

/// <summary>Takes what stream and poll tell. A principal that changed stops deciding here and now; what has to be read is left to the refresher.</summary>
internal sealed class ChannelListener(
    ChannelState channel, ContactKeeper contact, PrincipalTable principals, PrincipalPrefetch prefetch, ChannelRefresher refresher)
{
    /// <summary>False: another epoch stands, and everything has to be read again from the start.</summary>
    public bool Hear(Heartbeat heartbeat)
    {
        if (heartbeat.Epoch != channel.Epoch)
        {
            channel.IsInStep = false;
            return false;
        }

        contact.Heard(heartbeat.Time);
        channel.Newest = heartbeat.Newest;
        return true;
    }

    /// <inheritdoc cref="Hear(Heartbeat)"/>
    public bool Hear(ChangeBatch batch)
    {
        if (batch.Epoch != channel.Epoch)
        {
            channel.IsInStep = false;
            return false;
        }

        contact.Heard(batch.Time);
        if (batch.Reset)
        {
            channel.Told = batch.Newest;
            refresher.Want(Refresh.All);
            return true;
        }

        var wanted = Refresh.None;
        foreach (var change in batch.Changes)
        {
            wanted |= Take(change);
        }

        channel.Told = Math.Max(channel.Told, batch.Newest);
        refresher.Want(wanted);
        return true;
    }

    private Refresh Take(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Principal when change.Principal is { } id:
                if (principals.Invalidate(id, change.Number))
                {
                    prefetch.Add(id);
                }

                return Refresh.None;
            case ChangeKind.Snapshot:
                return Refresh.Snapshot;
            case ChangeKind.Secrets:
                return Refresh.Secrets;
            default:
                return Refresh.None;
        }
    }
}
