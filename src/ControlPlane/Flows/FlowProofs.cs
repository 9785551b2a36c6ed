using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Whether a flow that another part of the product started was passed.</summary>
internal sealed class FlowProofs(FlowRuns runs, BrowserSession sessions)
{
    /// <summary>
    /// True once, when this browser, in the session that it has now, ended well a run that was started for exactly this purpose and request.
    /// </summary>
    public async Task<bool> TryConsumeAsync(HttpContext http, string purpose, string requestHash)
    {
        if (await sessions.FindAsync(http) is not { } session)
        {
            return false;
        }

        foreach (var row in await runs.CompletedAsync(http))
        {
            if (IsFor(RunJson.ContextOf(row), session, purpose, requestHash) && await runs.TryTakeAsync(row.Id, http.RequestAborted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFor(RunContext context, Session session, string purpose, string requestHash) =>
        context.Start.Purpose == purpose && context.Start.RequestHash == requestHash && (context.Session ?? context.Start.Session) == session.Id;
}
