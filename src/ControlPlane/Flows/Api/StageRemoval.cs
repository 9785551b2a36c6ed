using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>
/// What goes with a stage, as in authentik: its places in flows with their policy bindings; settings of other stages that name it become null. Whether people can
/// still sign in afterwards, <see cref="SignInWay"/> asks before the save counts.
/// </summary>
internal sealed class StageRemoval(ControlPlaneContext context, StageReferences references)
{
    public async Task RemoveAsync(Stage stage, CancellationToken cancel)
    {
        await references.ClearAsync(stage.Id, cancel);
        context.Bindings.RemoveRange(await context.Bindings.Where(binding => binding.StageBinding!.StageId == stage.Id).ToListAsync(cancel));
        context.FlowStageBindings.RemoveRange(await context.FlowStageBindings.Where(binding => binding.StageId == stage.Id).ToListAsync(cancel));
        context.Set<StagePrompt>().RemoveRange(await context.Set<StagePrompt>().Where(link => link.StageId == stage.Id).ToListAsync(cancel));
        context.StageValidations.RemoveRange(await context.StageValidations.Where(link => link.StageId == stage.Id).ToListAsync(cancel));
        context.Stages.Remove(stage);
    }
}
