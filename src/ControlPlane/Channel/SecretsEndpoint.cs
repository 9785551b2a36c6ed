using Sidecar.Contracts;

namespace Sidecar.ControlPlane.Channel;

internal static class SecretsEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, ChannelSecrets secrets, CancellationToken cancel) =>
        TypedResults.Json(await secrets.OfAsync(ChannelCaller.Of(http).Outpost.Id, cancel), ContractsJson.Default.SecretsDocument);
}
