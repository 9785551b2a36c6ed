using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers;

/// <summary>Addresses that lead to the brand's flows. Anybody may ask: they only redirect.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => new SeeOther(Addresses.Library)).AllowAnonymous();
        routes.MapGet(Addresses.SignIn, (HttpContext http, DefaultFlowFinder finder) => ToFlowAsync(http, finder, FlowDesignation.Authentication)).AllowAnonymous();
        routes.MapGet(Addresses.SignOut, (HttpContext http, DefaultFlowFinder finder) => ToFlowAsync(http, finder, FlowDesignation.Invalidation)).AllowAnonymous();
        routes.MapGet("/flows/-/configure/{stage:guid}/", ConfigureAsync).AllowAnonymous();
        routes.MapGet(Addresses.Cancel, CancelAsync).AllowAnonymous();
    }

    private static async Task<IResult> ToFlowAsync(HttpContext http, DefaultFlowFinder finder, FlowDesignation designation) =>
        await finder.FindAsync(http, designation) is { } slug
            ? new SeeOther(Addresses.OfFlow(slug, http.Request.QueryString.Value?.TrimStart('?') ?? ""))
            : Results.NotFound();

    // The flow itself says who may enter.
    private static async Task<IResult> ConfigureAsync(HttpContext http, Guid stage, UserSettings settings, ControlPlaneContext database, PageWriter pages) =>
        await settings.FindAsync(stage, http.RequestAborted) is { } entry
        && await database.Flows.Where(flow => flow.Id == entry.Flow).Select(flow => flow.Slug).SingleOrDefaultAsync(http.RequestAborted) is { } slug
            ? new SeeOther(Addresses.OfFlow(slug, $"{FlowQuery.NextKey}={Uri.EscapeDataString(entry.AddsDevice ? Addresses.Devices : Addresses.Library)}"))
            : await pages.MessageAsync(http, StatusCodes.Status404NotFound, "Page not found", "There is nothing to set up here, or an administrator turned it off.");

    // Only this browser's runs, and nothing but them: who is signed in stays so.
    private static async Task<IResult> CancelAsync(HttpContext http, FlowBrowser browser, ControlPlaneContext database)
    {
        if (browser.Find(http) is { } value)
        {
            var hash = FlowBrowser.HashOf(value);
            await database.FlowRuns.Where(run => run.BrowserHash == hash).ExecuteDeleteAsync(http.RequestAborted);
        }

        return new SeeOther("/");
    }
}
