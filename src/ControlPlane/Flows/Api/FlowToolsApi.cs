using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What can be done with a flow beside changing it: looking at it, taking it along, trying it.</summary>
internal static class FlowToolsApi
{
    private sealed record CacheAnswer(int Count);

    private sealed record DiagramAnswer(string Diagram);

    private sealed record LinkAnswer(string Link);

    public static void MapFlowToolsApi(this IEndpointRouteBuilder api)
    {
        var flows = api.MapGroup("flows/instances");

        // Nothing is kept between requests: a change counts with the next one.
        flows.MapGet("/cache_info/", () => ApiResults.Json(new CacheAnswer(0))).ForSuperusers();
        flows.MapPost("/cache_clear/", ApiResults.NoContent).ForSuperusers();
        flows.MapGet("/{slug}/diagram/", DiagramAsync).ForSuperusers();
        flows.MapGet("/{slug}/export/", ExportAsync).ForSuperusers();
        flows.MapGet("/{slug}/execute/", ExecuteAsync).ForSuperusers();
        api.MapGet("flows/inspector/{slug}/", InspectAsync).ForSuperusers();
    }

    public static string ExportAddressOf(string slug) => $"/api/v3/flows/instances/{Uri.EscapeDataString(slug)}/export/";

    private static async Task<IResult> DiagramAsync(string slug, ControlPlaneContext context, FlowDiagram diagram, CancellationToken cancel) =>
        await WholeAsync(context, slug, cancel) is { } flow ? ApiResults.Json(new DiagramAnswer(await diagram.DrawAsync(flow, cancel))) : ApiResults.NotFound();

    private static async Task<IResult> ExportAsync(string slug, HttpContext http, ControlPlaneContext context, FlowExport export, CancellationToken cancel)
    {
        if (await WholeAsync(context, slug, cancel) is not { } flow)
        {
            return ApiResults.NotFound();
        }

        http.Response.Headers.ContentDisposition = $"attachment; filename=\"flow-{flow.Slug}.yaml\"";
        return Results.Bytes(Encoding.UTF8.GetBytes(await export.WriteAsync(flow, cancel)), "application/yaml");
    }

    /// <summary>The address of the flow for the caller's own browser; whom the flow admits, it says itself.</summary>
    private static async Task<IResult> ExecuteAsync(string slug, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Flows.AnyAsync(flow => flow.Slug == slug, cancel) ? ApiResults.Json(new LinkAnswer(Addresses.OfFlow(slug, "inspector"))) : ApiResults.NotFound();

    private static async Task<IResult> InspectAsync(string slug, HttpContext http, ControlPlaneContext context, FlowInspector inspector, CancellationToken cancel) =>
        await WholeAsync(context, slug, cancel) is not { } flow ? ApiResults.NotFound()
        : await inspector.LookAsync(http, flow, cancel) is { } found ? ApiResults.Json(found)
        : ApiResults.Invalid(FieldErrors.NoField, "This browser is in no run of the flow that was begun: open the flow in it and answer its first page.");

    private static Task<Flow?> WholeAsync(ControlPlaneContext context, string slug, CancellationToken cancel) =>
        context.Flows.AsNoTracking().Include(flow => flow.StageBindings).ThenInclude(binding => binding.Stage).AsSplitQuery().SingleOrDefaultAsync(flow => flow.Slug == slug, cancel);
}
