namespace Sidecar.Outpost.Principals;

/// <summary>
/// Counts the epochs seen. An answer that was asked for in an earlier one is thrown away: its revisions say nothing about the present.
/// </summary>
internal sealed class ChannelEpoch
{
    private long _generation;

    public long Generation => Volatile.Read(ref _generation);

    public void Advance() => Interlocked.Increment(ref _generation);
}
