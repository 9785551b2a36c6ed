using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Installations.Api;

/// <summary><c>admin/settings</c>: of the whole installation. Only what has an effect here can be set; another name is refused.</summary>
internal static class SettingsApi
{
    public static void MapSettingsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("admin/settings/", RetrieveAsync).ForSuperusers();
        api.MapMethods("admin/settings/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
    }

    private static async Task<IResult> RetrieveAsync(ControlPlaneContext context, CancellationToken cancel) =>
        ApiResults.Json(SettingsAnswer.Of(await context.Installations.AsNoTracking().SingleAsync(cancel)));

    private static async Task<IResult> UpdateAsync(JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var installation = await context.Installations.SingleAsync(cancel);
        body.Ignore("flags");
        if (body.TryFlag("impersonation", out var impersonation))
        {
            installation.Impersonation = impersonation;
        }

        if (body.TryFlag("impersonation_require_reason", out var reason))
        {
            installation.ImpersonationRequireReason = reason;
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(SettingsAnswer.Of(installation));
    }
}
