using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Whether the run's user is the person at the browser. A stage that changes an account asks this first.</summary>
internal sealed class OwnAccount(BrowserSession sessions)
{
    public async Task<bool> IsOwnAsync(StageVisit visit, User user) => user.IsActive
        && ((await sessions.FindAsync(visit.Http) is { ImpersonatorSessionId: null } session && session.UserId == user.Id && visit.Context.Start.Session == session.Id)
            || visit.Run.Plan.Proofs.Any(proof => proof.Authenticates && proof.User == user.Id));
}
