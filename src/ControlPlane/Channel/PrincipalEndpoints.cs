using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Principals;

namespace Sidecar.ControlPlane.Channel;

internal static class PrincipalEndpoints
{
    public static async Task<IResult> GetAsync(HttpContext http, Guid id, PrincipalBuilder principals, CancellationToken cancel) =>
        await principals.BuildAsync(id, ChannelCaller.Of(http).Outpost.Id, cancel) is { } principal
            ? TypedResults.Json(principal, ContractsJson.Default.Principal)
            : TypedResults.NotFound();

    public static async Task<IResult> RevisionsAsync(HttpContext http, PrincipalBuilder principals, CancellationToken cancel)
    {
        var sent = await ChannelAnswers.ReadAsync(http.Request, ContractsJson.Default.PrincipalRevisionsRequest, cancel);
        if (sent is not { Ids.Count: <= PrincipalRevisionsRequest.MaxIds })
        {
            return ChannelAnswers.BadRequest($"ids: at most {PrincipalRevisionsRequest.MaxIds} UUIDs.");
        }

        var revisions = await principals.RevisionsAsync(sent.Ids, ChannelCaller.Of(http).Outpost.Id, cancel);
        return TypedResults.Json(new PrincipalRevisions { Revisions = revisions }, ContractsJson.Default.PrincipalRevisions);
    }
}
