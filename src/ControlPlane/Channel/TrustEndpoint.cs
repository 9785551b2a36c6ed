using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

internal static class TrustEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, ControlPlaneContext context, KeyRing keys, TimeProvider time, CancellationToken cancel)
    {
        var installation = await InstallationView.ReadAsync(context, cancel);
        var outpost = ChannelCaller.Of(http).Outpost;
        return TypedResults.Json(
            new TrustDocument
            {
                Product = TrustDocument.ProductName,
                Installation = installation.Id,
                Epoch = installation.Epoch,
                OutpostId = outpost.Id,
                OutpostName = outpost.Name,
                SnapshotKeys = [.. keys.All(KeyPurpose.Snapshot).Select(Endorsed)],
                Newest = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(cancel),
                Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            ContractsJson.Default.TrustDocument);
    }

    private static EndorsedKey Endorsed(SigningKey key) =>
        new() { Key = key.Public, EndorsedBy = key.Record.EndorsedBy, Endorsement = key.Record.Endorsement };
}
