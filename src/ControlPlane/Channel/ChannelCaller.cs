using Sidecar.ControlPlane.Outposts;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Who speaks on the channel: an outpost, and which of its processes.</summary>
internal sealed record ChannelCaller(OutpostIdentity Outpost, Guid Instance)
{
    /// <summary>Set by <see cref="ChannelFilter"/>: an endpoint outside it has none and fails.</summary>
    public static ChannelCaller Of(HttpContext http) => http.Features.Get<ChannelCaller>()
        ?? throw new InvalidOperationException("An endpoint of the channel is mapped outside its filter.");
}
