using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers;

/// <summary>The brand's flow for a purpose, else the first of that purpose.</summary>
internal sealed class DefaultFlowFinder(ControlPlaneContext database, BrandReader brands)
{
    /// <summary>Slug of the flow; null: there is none.</summary>
    public async Task<string?> FindAsync(HttpContext http, FlowDesignation designation)
    {
        var brand = await brands.FindAsync(http);
        var chosen = designation switch
        {
            FlowDesignation.Authentication => brand?.FlowAuthenticationId,
            FlowDesignation.Invalidation => brand?.FlowInvalidationId,
            FlowDesignation.Recovery => brand?.FlowRecoveryId,
            FlowDesignation.Unenrollment => brand?.FlowUnenrollmentId,
            _ => null,
        };
        return await database.Flows.Where(flow => flow.Id == chosen).Select(flow => flow.Slug).SingleOrDefaultAsync(http.RequestAborted)
            ?? await database.Flows.Where(flow => flow.Designation == designation).OrderBy(flow => flow.Slug).Select(flow => flow.Slug).FirstOrDefaultAsync(http.RequestAborted);
    }
}
