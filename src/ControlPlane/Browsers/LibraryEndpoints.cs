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
        routes.MapGet(Addresses.Library + "{**rest}", LibraryAsync).AllowAnonymous();
        routes.MapGet(Addresses.Admin + "{**rest}", AdminAsync).AllowAnonymous();
    }

    private static async Task<IResult> LibraryAsync(HttpContext http, BrowserSession sessions, LibraryReader library, BrandReader brands)
    {
        if (await sessions.FindAsync(http) is not { User: { } user })
        {
            return new SeeOther(Addresses.SignInThen(Addresses.Library));
        }

        var brand = await brands.LookAsync(http);
        return PageWriter.Page<LibraryPage>(http, brand, "Model", await library.ReadAsync(user, brand, await brands.FindAsync(http), http.RequestAborted));
    }

    private static async Task<IResult> AdminAsync(HttpContext http, BrowserSession sessions, LibraryReader library, BrandReader brands, PageWriter pages)
    {
        if (await sessions.FindAsync(http) is not { User: { } user })
        {
            return new SeeOther(Addresses.SignInThen(Addresses.Admin));
        }

        var brand = await brands.LookAsync(http);
        return (await library.ReadAsync(user, brand, await brands.FindAsync(http), http.RequestAborted)).IsSuperuser
            ? PageWriter.Page<AdminPage>(http, brand, "Brand", brand)
            : await pages.MessageAsync(http, StatusCodes.Status403Forbidden, "Access denied", "Only administrators may use this page.");
    }
}
