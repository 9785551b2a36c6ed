using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Planning;

/// <summary>Who may enter a flow.</summary>
internal sealed class FlowEntry(ControlPlaneContext database, FlowPolicies policies, SetUpGate setUp, UserSettings settings)
{
    /// <summary>Null: this browser may enter.</summary>
    public async Task<PlanOutcome?> RefusalAsync(Flow flow, RunStart start, Session? session, CancellationToken cancel) =>
        ActingRefusal(flow, session)
        ?? await SetUpRefusalAsync(flow, session, cancel)
        ?? await StandingRefusalAsync(flow, start, session, cancel)
        ?? await PasswordChangeRefusalAsync(flow, cancel)
        ?? (await policies.AdmitsAsync(flow, session?.UserId, cancel) ? null : new PlanOutcome.Refused("flow-policy", "You may not use this page."));

    // An administrator who acts as somebody else must not leave a password or a device behind, and nothing else that lasts.
    private static PlanOutcome.Refused? ActingRefusal(Flow flow, Session? session) =>
        session?.ImpersonatorSessionId is not null && flow.Designation is not (FlowDesignation.Authentication or FlowDesignation.Authorization or FlowDesignation.Invalidation)
            ? new PlanOutcome.Refused("impersonating", "You act as somebody else, and their account is theirs to change. End that first.", OthersMayEnter: false)
            : null;

    private async Task<PlanOutcome?> SetUpRefusalAsync(Flow flow, Session? session, CancellationToken cancel)
    {
        if (flow.Slug != SetUpGate.FlowSlug || !await setUp.IsDoneAsync(cancel))
        {
            return null;
        }

        return session is not null && await IsSuperuserAsync(session.UserId, cancel)
            ? new PlanOutcome.Refused("set-up-done", "This installation is already set up, and you are signed in as an administrator: there is nothing to do here.", OthersMayEnter: false)
            : new PlanOutcome.Refused("set-up-done", "This installation is already set up. Sign in as an administrator to change it.");
    }

    // Taking the flow out of the password stage is how an administrator turns changing passwords off: hiding the button alone would leave the page open.
    private async Task<PlanOutcome?> PasswordChangeRefusalAsync(Flow flow, CancellationToken cancel)
    {
        if (flow.Designation != FlowDesignation.StageConfiguration || flow.Slug == SetUpGate.FlowSlug)
        {
            return null;
        }

        var stages = flow.StageBindings.Select(binding => binding.StageId).ToList();
        return await database.Prompts.AnyAsync(prompt => prompt.Type == "password" && prompt.Stages.Any(stage => stages.Contains(stage.Id)), cancel)
            && !(await settings.ListAsync(cancel)).Any(entry => entry.Flow == flow.Id)
                ? new PlanOutcome.Refused("password-change-off", "Changing the password is turned off here: no password stage names this flow.", OthersMayEnter: false)
                : null;
    }

    private async Task<PlanOutcome?> StandingRefusalAsync(Flow flow, RunStart start, Session? session, CancellationToken cancel) => flow.Authentication switch
    {
        FlowAuthentication.None => AlreadySignedIn(flow, start, session),
        FlowAuthentication.RequireAuthenticated => session is null ? new PlanOutcome.MustSignIn() : null,
        FlowAuthentication.RequireUnauthenticated => session is null || start.Reauthenticate ? null : new PlanOutcome.AlreadySignedIn(session.User!.Username),
        FlowAuthentication.RequireSuperuser when session is null => new PlanOutcome.MustSignIn(),
        FlowAuthentication.RequireSuperuser =>
            await IsSuperuserAsync(session.UserId, cancel) ? null : new PlanOutcome.Refused("administrators-only", "Only administrators may use this page."),
        FlowAuthentication.RequireRedirect => start.FromInside ? null : new PlanOutcome.Refused("not-by-address", "This page cannot be opened by its address."),
        _ => new PlanOutcome.Refused("not-for-browsers", "This page is not for browsers."),
    };

    private static PlanOutcome.AlreadySignedIn? AlreadySignedIn(Flow flow, RunStart start, Session? session) =>
        flow.Designation == FlowDesignation.Authentication && session is not null && !start.Reauthenticate
            ? new PlanOutcome.AlreadySignedIn(session.User!.Username)
            : null;

    private async Task<bool> IsSuperuserAsync(Guid userId, CancellationToken cancel)
    {
        var groups = await GroupClosure.OfUserAsync(database, userId, cancel);
        return await database.Groups.AnyAsync(group => group.IsSuperuser && groups.Contains(group.Id), cancel);
    }
}
