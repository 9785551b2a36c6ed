using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>flows/instances</c>. A flow has no stages until they are bound to it: as an authorization flow it asks nothing.</summary>
internal static class FlowsApi
{
    public static void MapFlowsApi(this IEndpointRouteBuilder api)
    {
        var flows = api.MapGroup("flows/instances");
        flows.MapGet("/", ListAsync).ForSuperusers();
        flows.MapPost("/", CreateAsync).ForSuperusers();
        flows.MapGet("/{slug}/", RetrieveAsync).ForSuperusers();
        flows.MapMethods("/{slug}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        flows.MapDelete("/{slug}/", DeleteAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await FlowQueries.Rows(context).Filtered(query).ListAsync(query, FlowQueries.Ordering, FlowAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(string slug, ControlPlaneContext context, CancellationToken cancel) =>
        await FlowQueries.Rows(context).SingleOrDefaultAsync(flow => flow.Slug == slug, cancel) is { } flow
            ? ApiResults.Json(FlowAnswer.Of(flow))
            : ApiResults.NotFound();

    private static async Task<IResult> CreateAsync(JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var flow = context.Flows.Add(await FlowFields.NewAsync(body, context, cancel)).Entity;
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created(FlowAnswer.Of(flow));
    }

    private static async Task<IResult> UpdateAsync(string slug, JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Flows.Include(flow => flow.StageBindings).SingleOrDefaultAsync(flow => flow.Slug == slug, cancel) is not { } flow)
        {
            return ApiResults.NotFound();
        }

        FlowFields.Change(body, flow);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(FlowAnswer.Of(flow));
    }

    /// <summary>Its stages stay, unbound. A flow that something uses stays too: without it people could not sign in, or out.</summary>
    private static async Task<IResult> DeleteAsync(string slug, ApiSave save, StageReferences references, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Flows.SingleOrDefaultAsync(flow => flow.Slug == slug, cancel) is not { } flow)
        {
            return ApiResults.NotFound();
        }

        if (slug == SetUpGate.FlowSlug)
        {
            return ApiResults.Invalid(FieldErrors.NoField, "This flow sets up the installation; it belongs to it.");
        }

        if (await References.InTheWayOfFlowAsync(context, flow.Id, cancel) is [_, ..] users)
        {
            return ApiResults.Invalid(FieldErrors.NoField, $"This flow is used by {string.Join(", ", users.Select(user => $"{user.ModelName} \"{user.Name}\""))}; choose another one there first.");
        }

        await references.ClearAsync(flow.Id, cancel);
        context.Bindings.RemoveRange(
            await context.Bindings.Where(binding => binding.FlowId == flow.Id || binding.StageBinding!.FlowId == flow.Id).ToListAsync(cancel));
        context.Flows.Remove(flow);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }
}
