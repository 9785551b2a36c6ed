using Sidecar.Contracts;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Channel;

internal static class CredentialEndpoint
{
    public static async Task<IResult> CheckAsync(HttpContext http, CredentialChecker checker, CancellationToken cancel)
    {
        if (await ChannelAnswers.ReadAsync(http.Request, ContractsJson.Default.CredentialCheck, cancel) is not { } check)
        {
            return ChannelAnswers.BadRequest("The body must be a credential check.");
        }

        return await checker.CheckAsync(check, ChannelCaller.Of(http).Outpost.Id, cancel) is { } answer
            ? TypedResults.Json(answer, ContractsJson.Default.CredentialAnswer)
            : TypedResults.NotFound();
    }
}
