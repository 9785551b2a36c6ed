using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Planning;

/// <summary>Who may enter a flow.</summary>
internal sealed class FlowEntry(ControlPlaneContext database, FlowPolicies policies, SetUpGate setUp, UserSettings settings, InvitationBook invitations)
{
    /// <summary>Null: this browser may enter.</summary>
    public async Task<PlanOutcome?> RefusalAsync(Flow flow, RunStart start, Session? session, CancellationToken cancel) =>
        ActingRefusal(flow, session)
        ?? await SetUpRefusalAsync(flow, session, cancel)
        ?? await StandingRefusalAsync(flow, start, session, cancel)
        ?? await PasswordChangeRefusalAsync(flow, cancel)
        ?? await OffRefusalAsync(flow, start, cancel)
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

    // Both let strangers in, so their pages are open only where an administrator leads people to them.
    private async Task<PlanOutcome?> OffRefusalAsync(Flow flow, RunStart start, CancellationToken cancel) => flow.Designation switch
    {
        FlowDesignation.Recovery when !await database.Brands.AnyAsync(brand => brand.FlowRecoveryId == flow.Id, cancel) && !await IsNamedAsync(flow, IdentificationSettings.RecoveryFlow, cancel) =>
            new PlanOutcome.Refused("recovery-off", "Recovering an account is turned off here: no brand and no identification stage names this flow.", OthersMayEnter: false),
        FlowDesignation.Enrollment when !start.ByLink && !start.Invited && !await IsInvitedAsync(flow, start, cancel) && !await IsNamedAsync(flow, IdentificationSettings.EnrollmentFlow, cancel) =>
            new PlanOutcome.Refused("enrollment-off", "Making an account is turned off here: no identification stage names this flow, and no invitation leads to it.", OthersMayEnter: false),
        _ => null,
    };

    /// <summary>The address brings a good invitation, and a stage will look at it.</summary>
    public async Task<bool> IsInvitedAsync(Flow flow, RunStart start, CancellationToken cancel) =>
        flow.StageBindings.Exists(binding => binding.Stage!.Kind == StageKind.Invitation) && await invitations.FindAsync(start.Query, flow.Id, cancel) is not null;

    private async Task<bool> IsNamedAsync(Flow flow, string setting, CancellationToken cancel) =>
        (await database.Stages.AsNoTracking().Where(stage => stage.Kind == StageKind.Identification).ToListAsync(cancel)).Exists(stage => stage.Settings.Id(setting) == flow.Id);

    private async Task<PlanOutcome?> StandingRefusalAsync(Flow flow, RunStart start, Session? session, CancellationToken cancel) => flow.Authentication switch
    {
        FlowAuthentication.None => AlreadySignedIn(flow, start, session),
        FlowAuthentication.RequireAuthenticated => session is null ? new PlanOutcome.MustSignIn() : null,
        FlowAuthentication.RequireUnauthenticated => session is null || start.Reauthenticate ? null : new PlanOutcome.AlreadySignedIn(session.User!.Username),
        FlowAuthentication.RequireSuperuser when session is null => new PlanOutcome.MustSignIn(),
        FlowAuthentication.RequireSuperuser =>
            await IsSuperuserAsync(session.UserId, cancel) ? null : new PlanOutcome.Refused("administrators-only", "Only administrators may use this page."),
        FlowAuthentication.RequireToken => start.ByLink ? null : new PlanOutcome.Refused("by-link-only", "This page is opened by a link from an e-mail.", OthersMayEnter: false),
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
