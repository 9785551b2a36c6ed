using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>A flow that another object refers to: it must exist and be made for that purpose.</summary>
internal sealed class FlowChoice(ControlPlaneContext context)
{
    public async Task<bool> IsAsync(JsonBody body, string field, Guid id, FlowDesignation designation, CancellationToken cancel)
    {
        var found = await context.Flows.Where(flow => flow.Id == id).Select(flow => new { flow.Slug, flow.Designation }).SingleOrDefaultAsync(cancel);
        return !body.Refuses(field, found is null, $"There is no flow \"{id}\".")
            && !body.Refuses(
                field, found!.Designation != designation,
                $"The flow {found.Slug} is made for {Choice.NameOf(found.Designation)}; choose one made for {Choice.NameOf(designation)}.");
    }
}
