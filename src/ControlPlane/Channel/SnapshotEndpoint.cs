using Microsoft.Net.Http.Headers;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

internal static class SnapshotEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, ControlPlaneContext context, CancellationToken cancel)
    {
        var installation = await InstallationView.ReadAsync(context, cancel);
        if (await SnapshotStore.StandingAsync(context, ChannelCaller.Of(http).Outpost.Id, installation.Epoch, cancel) is not { } snapshot)
        {
            http.Response.Headers.RetryAfter = "1";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        // The framework answers If-None-Match with 304.
        return TypedResults.Bytes(snapshot.Document, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{snapshot.Epoch}.{snapshot.Revision}\""));
    }
}
