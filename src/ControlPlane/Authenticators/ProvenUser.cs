using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Whether the person at the browser is the user whom the run is about. Until then nothing is told of that user's devices, and none is added.</summary>
internal sealed class ProvenUser(BrowserSession sessions)
{
    /// <summary>Null: a name was typed, or not even that.</summary>
    public async Task<User?> FindAsync(StageVisit visit, CancellationToken cancel) =>
        await visit.PendingUserAsync(cancel) is { IsActive: true } user && (IsInRun(visit, user) || await IsInSessionAsync(visit, user)) ? user : null;

    /// <summary>A stage of this very run has shown it.</summary>
    public static bool IsInRun(StageVisit visit, User user) => visit.Run.Plan.Proofs.Any(proof => proof.Authenticates && proof.User == user.Id);

    // A sign-in proves everything again, also of somebody who is signed in. And an administrator who acts as somebody is not that person, in whatever flow.
    private async Task<bool> IsInSessionAsync(StageVisit visit, User user) =>
        visit.Flow.Designation != FlowDesignation.Authentication && await sessions.FindAsync(visit.Http) is { ImpersonatorSessionId: null } session && session.UserId == user.Id;
}
