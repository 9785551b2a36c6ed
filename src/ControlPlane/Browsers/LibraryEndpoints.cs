using Sidecar.ControlPlane.Browsers.Own;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Browsers;

/// <summary>The pages behind the sign-in. Whoever is not signed in is sent to do so.</summary>
internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder routes)
    {
        routes.MapDevicePage();
        routes.MapSessionsPages();
        routes.MapTokensPages();
        routes.MapConsentsPages();
        routes.MapImpersonationPages();
        routes.MapGet(Addresses.Library + "{**rest}", LibraryAsync).AllowAnonymous();
        routes.MapGet(Addresses.Admin + "{**rest}", AdminAsync).AllowAnonymous();
    }

    private static async Task<IResult> LibraryAsync(HttpContext http, OwnPages pages, LibraryReader library) =>
        await pages.OpenAsync(http, Addresses.Library) is ({ User: { } user }, { } frame)
            ? PageWriter.Page<LibraryPage>(http, frame.Brand, nameof(LibraryPage.Model), await library.ReadAsync(user, frame, http.RequestAborted))
            : OwnPages.SignIn(Addresses.Library);

    private static async Task<IResult> AdminAsync(HttpContext http, BrowserSession sessions, Superusers superusers, BrandReader brands, PageWriter pages)
    {
        if (await sessions.FindAsync(http) is not { User: { } user })
        {
            return new SeeOther(Addresses.SignInThen(Addresses.Admin));
        }

        return await superusers.IsSuperuserAsync(user.Id, http.RequestAborted)
            ? PageWriter.Page<AdminPage>(http, await brands.LookAsync(http), nameof(AdminPage.Brand), await brands.LookAsync(http))
            : await pages.MessageAsync(http, StatusCodes.Status403Forbidden, "Access denied", "Only administrators may use this page.");
    }
}
