using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.OpenId;

/// <summary>A provider's flow for a purpose, else the one that the installation uses for it.</summary>
internal sealed class ProviderFlows(ControlPlaneContext database, DefaultFlowFinder defaults)
{
    public async Task<Flow?> FindAsync(HttpContext http, Guid? chosen, FlowDesignation designation)
    {
        if (chosen is { } id)
        {
            return await database.Flows.AsNoTracking().SingleOrDefaultAsync(flow => flow.Id == id, http.RequestAborted);
        }

        return await defaults.FindAsync(http, designation) is { } slug
            ? await database.Flows.AsNoTracking().SingleOrDefaultAsync(flow => flow.Slug == slug, http.RequestAborted)
            : null;
    }

    /// <summary>The flow that ends a session. One without a stage that does it would send the browser round in circles.</summary>
    public async Task<Flow?> FindEndingSessionAsync(HttpContext http, Guid? chosen) =>
        await FindAsync(http, chosen, FlowDesignation.Invalidation) is { } flow
        && await database.FlowStageBindings.AnyAsync(binding => binding.FlowId == flow.Id && binding.Stage!.Kind == StageKind.UserLogout, http.RequestAborted)
            ? flow
            : null;
}
