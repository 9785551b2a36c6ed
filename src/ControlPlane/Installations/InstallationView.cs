using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Installations;

/// <summary>What the rest needs to know of the installation.</summary>
/// <param name="Id">Of this installation.</param>
/// <param name="Epoch">Of this database.</param>
/// <param name="PublicUrl">Where browsers find the control plane, with a trailing slash; empty while nobody has said.</param>
internal sealed record InstallationView(Guid Id, string Epoch, string PublicUrl)
{
    /// <summary>
    /// The address comes from set-up or <c>AUTHENTIK_HOST</c>, else from the settings of the embedded outpost, where administrators of authentik put it. Never from a request.
    /// </summary>
    public static async Task<InstallationView> ReadAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var installation = await context.Installations.AsNoTracking().SingleAsync(cancel);
        var address = installation.PublicAddress;
        if (address.Length == 0)
        {
            var config = await context.Outposts.AsNoTracking().Where(outpost => outpost.Managed == Outpost.EmbeddedManaged)
                .Select(outpost => (System.Text.Json.JsonElement?)outpost.Config).SingleOrDefaultAsync(cancel);
            address = config is { } settings ? OutpostConfig.PublicUrlOf(settings) : "";
        }

        return new InstallationView(installation.Id, installation.Epoch, PublicUrls.WithSlash(address));
    }
}
