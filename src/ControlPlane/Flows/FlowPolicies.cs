using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>
/// Bindings of flows and of stages in them. A policy that is too slow has its binding's failure result, which negate does not turn round; one that throws ends the run,
/// so that no error opens a way past a stage.
/// </summary>
internal sealed class FlowPolicies(ControlPlaneContext database, PolicyEngine policies, IHttpContextAccessor http)
{
    public async Task<bool> AdmitsAsync(Flow flow, Guid? userId, CancellationToken cancel) =>
        await PassesAsync(database.Bindings.Where(binding => binding.FlowId == flow.Id), flow.PolicyEngineMode, userId, null, cancel);

    /// <param name="stage">At its place.</param>
    /// <param name="userId">Whom the run is about.</param>
    /// <param name="identifier">What was typed as a name: it has a reputation even when it leads nowhere.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<bool> AppliesAsync(FlowStageBinding stage, Guid? userId, string? identifier, CancellationToken cancel) =>
        await PassesAsync(database.Bindings.Where(binding => binding.StageBindingId == stage.Id), stage.PolicyEngineMode, userId, identifier, cancel);

    private async Task<bool> PassesAsync(IQueryable<Binding> which, BindingMode mode, Guid? userId, string? identifier, CancellationToken cancel)
    {
        var bindings = await which.AsNoTracking().Include(binding => binding.Policy).Where(binding => binding.Enabled)
            .OrderBy(binding => binding.Order).ThenBy(binding => binding.Id).ToListAsync(cancel);
        if (bindings.Count == 0)
        {
            return true;
        }

        var groups = userId is { } id ? await GroupClosure.OfUserAsync(database, id, cancel) : [];
        foreach (var binding in bindings)
        {
            if (await HoldsAsync(binding, userId, groups, identifier, cancel) == (mode == BindingMode.Any))
            {
                return mode == BindingMode.Any;
            }
        }

        return mode != BindingMode.Any;
    }

    private async Task<bool> HoldsAsync(Binding binding, Guid? userId, HashSet<Guid> groups, string? identifier, CancellationToken cancel) => binding switch
    {
        { Policy: { } policy } => await AskAsync(policy, binding, userId, identifier, cancel),
        { UserId: { } user } => (user == userId) != binding.Negate,
        { GroupId: { } group } => groups.Contains(group) != binding.Negate,

        // What it named was deleted.
        _ => binding.FailureResult,
    };

    private async Task<bool> AskAsync(Policy policy, Binding binding, Guid? userId, string? identifier, CancellationToken cancel)
    {
        var request = new PolicyRequest
        {
            User = userId is { } id ? await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancel) : null,
            Identifier = identifier,
            Address = http.HttpContext?.Connection.RemoteIpAddress,
        };
        return await policies.AskAsync(policy, request, TimeSpan.FromSeconds(binding.Timeout), cancel) is { } result ? result.Passing != binding.Negate : binding.FailureResult;
    }
}
