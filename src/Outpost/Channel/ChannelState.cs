namespace Sidecar.Outpost.Channel;

/// <summary>Where the outpost stands with its control plane; written by the channel, read by metrics, health and report.</summary>
internal sealed class ChannelState
{
    private long _told;
    private long _applied;
    private long _newest;

    /// <summary>Trust, snapshot, secrets and principals were read since the last change of epoch.</summary>
    public volatile bool IsInStep;

    public volatile bool IsStreaming;

    public volatile string Epoch = "";

    /// <summary>All changes up to this number were heard, and principals that they name do not decide any more.</summary>
    public long Told { get => Volatile.Read(ref _told); set => Volatile.Write(ref _told, value); }

    /// <summary>The newest number that a heartbeat named.</summary>
    public long Newest { get => Volatile.Read(ref _newest); set => Volatile.Write(ref _newest, value); }

    /// <summary>And everything that they call for has been read.</summary>
    public long Applied { get => Volatile.Read(ref _applied); set => Volatile.Write(ref _applied, value); }
}
