using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>For what only somebody may do who has just shown who they are: the default sign-in once more, and back.</summary>
internal sealed class SignInAgain(FlowStarter starter, DefaultFlowFinder finder, ControlPlaneContext context)
{
    /// <param name="http">The request that needs it.</param>
    /// <param name="address">Where to come back to.</param>
    public async Task<IResult> ForAsync(HttpContext http, string address)
    {
        var slug = await finder.FindAsync(http, FlowDesignation.Authentication);
        return await context.Flows.AsNoTracking().SingleOrDefaultAsync(flow => flow.Slug == slug, http.RequestAborted) is { } flow
            ? new SeeOther(await starter.StartAsync(http, flow, new FlowStart { Next = address, Reauthenticate = true }))
            : new SeeOther(address);
    }
}
