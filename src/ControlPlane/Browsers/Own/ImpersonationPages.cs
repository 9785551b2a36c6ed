using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Impersonations;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>The button of the banner that every page shows while an administrator acts as somebody else.</summary>
internal static class ImpersonationPages
{
    public static void MapImpersonationPages(this IEndpointRouteBuilder routes) => routes.MapPost(Addresses.EndImpersonation, EndAsync).AllowAnonymous();

    private static async Task<IResult> EndAsync(HttpContext http, Impersonation impersonation)
    {
        if (await OwnPages.FormAsync(http) is not null)
        {
            await impersonation.EndAsync(http);
        }

        return new SeeOther(Addresses.Library);
    }
}
