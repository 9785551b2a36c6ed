using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>Whether the default brand's sign-in flow can sign anybody in. A change after which it no longer can is refused: nobody could come in to undo it.</summary>
internal sealed class SignInWay(ControlPlaneContext context, Superusers superusers)
{
    /// <summary>Whether what is about to be saved can make a difference.</summary>
    public bool MayChange => context.ChangeTracker.Entries().Any(entry => entry.State != EntityState.Unchanged && entry.Entity is Flow or Stage or FlowStageBinding or Brand);

    public async Task<bool> IsOpenAsync(CancellationToken cancel)
    {
        var chosen = await context.Brands.Where(brand => brand.IsDefault).Select(brand => brand.FlowAuthenticationId).FirstOrDefaultAsync(cancel);
        var flows = context.Flows.AsNoTracking().Include(flow => flow.StageBindings).ThenInclude(binding => binding.Stage).AsSplitQuery();
        var flow = await flows.SingleOrDefaultAsync(flow => flow.Id == chosen, cancel)
            ?? await flows.Where(flow => flow.Designation == FlowDesignation.Authentication).OrderBy(flow => flow.Slug).FirstOrDefaultAsync(cancel);
        return flow is { Authentication: FlowAuthentication.None or FlowAuthentication.RequireUnauthenticated }
            && FlowPlanner.Ordered(flow).Select(binding => binding.Stage!).ToList() is var stages && IsOpen(stages) && await CanProveAsync(stages, cancel);
    }

    // Where a second factor is demanded, an administrator must have one.
    private async Task<bool> CanProveAsync(IReadOnlyList<Stage> stages, CancellationToken cancel)
    {
        foreach (var stage in stages.TakeWhile(stage => stage.Kind != StageKind.UserLogin).Where(AuthenticatorValidateSettings.Demands))
        {
            var groups = await superusers.GroupsAsync(cancel);
            var devices = await context.AuthenticatorDevices.AsNoTracking().Where(device => device.User!.IsActive && device.User.Groups.Any(group => groups.Contains(group.Id))).ToListAsync(cancel);
            if (!devices.Exists(device => AuthenticatorValidateSettings.ClassesOf(stage).Contains(device.Class)))
            {
                return false;
            }
        }

        return true;
    }

    // Somebody is named, then proven, then signed in; and no stage before that turns everybody away.
    private static bool IsOpen(IReadOnlyList<Stage> stages)
    {
        var login = IndexOf(stages, StageKind.UserLogin);
        var before = stages.Take(Math.Max(login, 0)).ToList();
        var name = before.FindIndex(stage => stage.Kind == StageKind.Identification && AsksForName(stage));
        return name >= 0 && !before.Exists(stage => stage.Kind is StageKind.Deny or StageKind.Redirect)
            && (before[name].Settings.Id(IdentificationSettings.PasswordStage) is not null || before.FindIndex(stage => stage.Kind == StageKind.Password) > name);
    }

    private static bool AsksForName(Stage stage) => stage.Settings.Texts(IdentificationSettings.UserFields) is not [];

    private static int IndexOf(IReadOnlyList<Stage> stages, string kind) => stages.TakeWhile(stage => stage.Kind != kind).Count() is var index && index < stages.Count ? index : -1;
}
