using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api.About;

/// <summary><c>root/config</c> and <c>admin/version</c>.</summary>
internal static class SystemApi
{
    public static void MapSystemApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("root/config/", () => ApiResults.Json(new ConfigAnswer())).ForAnyone();
        api.MapGet("admin/version/", VersionAsync).ForSignedIn();
    }

    private static async Task<IResult> VersionAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var ours = ProductVersion.Current;
        return ApiResults.Json(new VersionAnswer(await context.OutpostInstances.AnyAsync(instance => instance.Version != ours, cancel)));
    }
}
