using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>User and group bindings of flows and of stages in them.</summary>
internal sealed class FlowPolicies(ControlPlaneContext database)
{
    public async Task<bool> AdmitsAsync(Flow flow, Guid? userId, CancellationToken cancel) =>
        await PassesAsync(await database.Bindings.AsNoTracking().Where(binding => binding.FlowId == flow.Id && binding.Enabled).ToListAsync(cancel), flow.PolicyEngineMode, userId, cancel);

    public async Task<bool> AppliesAsync(FlowStageBinding stage, Guid? userId, CancellationToken cancel) =>
        await PassesAsync(
            await database.Bindings.AsNoTracking().Where(binding => binding.StageBindingId == stage.Id && binding.Enabled).ToListAsync(cancel), stage.PolicyEngineMode, userId, cancel);

    private async Task<bool> PassesAsync(List<Binding> bindings, BindingMode mode, Guid? userId, CancellationToken cancel)
    {
        if (bindings.Count == 0)
        {
            return true;
        }

        var groups = userId is { } id ? await GroupClosure.OfUserAsync(database, id, cancel) : [];
        return mode == BindingMode.Any ? bindings.Exists(Holds) : bindings.TrueForAll(Holds);

        bool Holds(Binding binding) => (binding.UserId, binding.GroupId) switch
        {
            ({ } user, _) => (user == userId) != binding.Negate,
            (_, { } group) => groups.Contains(group) != binding.Negate,

            // Its user or group was deleted.
            _ => binding.FailureResult,
        };
    }
}
