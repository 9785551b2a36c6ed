namespace Sidecar.Outpost.Channel;

/// <param name="Status">How the call ended.</param>
/// <param name="Value">With <see cref="ChannelStatus.Ok"/>.</param>
/// <param name="Detail">For the log: what was seen instead.</param>
internal readonly record struct ChannelAnswer<T>(ChannelStatus Status, T? Value, string Detail = "")
    where T : class
{
    public ChannelAnswer<TOther> Failed<TOther>()
        where TOther : class => new(Status, null, Detail);
}
