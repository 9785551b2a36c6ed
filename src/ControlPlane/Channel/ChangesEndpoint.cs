using Sidecar.Contracts;

namespace Sidecar.ControlPlane.Channel;

internal static class ChangesEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, ChangeBatches batches, long? after, string? epoch, CancellationToken cancel) =>
        TypedResults.Json((await batches.ReadAsync(ChannelCaller.Of(http).Outpost, after, epoch, cancel)).Batch, ContractsJson.Default.ChangeBatch);
}
