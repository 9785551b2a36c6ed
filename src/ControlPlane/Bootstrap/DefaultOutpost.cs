using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>The first outpost. The embedded process uses it, or a stand-alone one with <c>SIDECAR_FIRST_OUTPOST_TOKEN</c>.</summary>
internal static class DefaultOutpost
{
    public static void Add(ControlPlaneContext context, BootstrapOptions bootstrap, KeyWrap wrap, DateTimeOffset now) =>
        OutpostFactory.Add(context, wrap, Outpost.EmbeddedName, now, Outpost.EmbeddedManaged, bootstrap.FirstOutpostToken);
}
