using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>flows/instances</c>: the default flows can be read and set, not made.</summary>
internal static class FlowsApi
{
    public static void MapFlowsApi(this IEndpointRouteBuilder api)
    {
        var flows = api.MapGroup("flows/instances");
        flows.MapGet("/", ListAsync).ForSuperusers();
        flows.MapGet("/{slug}/", RetrieveAsync).ForSuperusers();
        flows.MapMethods("/{slug}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await FlowQueries.Rows(context).Filtered(query).ListAsync(query, FlowQueries.Ordering, FlowAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(string slug, ControlPlaneContext context, CancellationToken cancel) =>
        await FlowQueries.Rows(context).SingleOrDefaultAsync(flow => flow.Slug == slug, cancel) is { } flow
            ? ApiResults.Json(FlowAnswer.Of(flow))
            : ApiResults.NotFound();

    private static async Task<IResult> UpdateAsync(string slug, JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Flows.Include(flow => flow.StageBindings).SingleOrDefaultAsync(flow => flow.Slug == slug, cancel) is not { } flow)
        {
            return ApiResults.NotFound();
        }

        FlowFields.Apply(body, flow);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(FlowAnswer.Of(flow));
    }
}
