using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Setup;

namespace Sidecar.ControlPlane.Flows.Planning;

/// <summary>Decides whether a browser may enter a flow and lists the stages that it must pass.</summary>
internal sealed class FlowPlanner(FlowEntry entry, FlowPolicies policies, SetUpGate setUp, TimeProvider time)
{
    /// <param name="flow">With its stage bindings.</param>
    /// <param name="start">What the run is for.</param>
    /// <param name="session">The browser's live session, if any.</param>
    /// <param name="cancel">The browser went away.</param>
    public async Task<PlanOutcome> PlanAsync(Flow flow, RunStart start, Session? session, CancellationToken cancel)
    {
        if (await entry.RefusalAsync(flow, start, session, cancel) is { } refusal)
        {
            return refusal;
        }

        start = start with { SetUp = flow.Slug == SetUpGate.FlowSlug, Session = session?.Id, Invited = start.Invited || await entry.IsInvitedAsync(flow, start, cancel) };
        return new PlanOutcome.Planned(await StepsAsync(flow, session?.UserId, cancel), await ContextAsync(flow, start, session?.UserId, cancel));
    }

    /// <summary>The stages once more from the first, with nothing proven.</summary>
    public Task<RunPlan> StepsAsync(Flow flow, Guid? user, CancellationToken cancel) => StepsAsync(Ordered(flow), user, cancel);

    public static IEnumerable<FlowStageBinding> Ordered(Flow flow) => flow.StageBindings.OrderBy(binding => binding.Order).ThenBy(binding => binding.Id);

    private async Task<RunPlan> StepsAsync(IEnumerable<FlowStageBinding> bindings, Guid? user, CancellationToken cancel)
    {
        var plan = new RunPlan { Steps = [] };
        foreach (var binding in bindings)
        {
            plan = plan with { Steps = [.. plan.Steps, new PlannedStep { Binding = binding.Id, Stage = binding.StageId }] };
            if (binding.EvaluateOnPlan && !await policies.AppliesAsync(binding, user, null, cancel))
            {
                plan = plan.With(Skip(binding));
            }
        }

        return plan;
    }

    public StageProof Skip(FlowStageBinding binding) =>
        new() { Binding = binding.Id, Stage = binding.StageId, Kind = binding.Stage!.Kind, At = time.GetUtcNow(), Skipped = true };

    // In a sign-in the name decides who is meant; in any other flow it is whoever is signed in; in set-up the first administrator.
    public async Task<RunContext> ContextAsync(Flow flow, RunStart start, Guid? signedIn, CancellationToken cancel) => new()
    {
        Start = start,
        PendingUser = start.SetUp ? await setUp.AdministratorAsync(cancel) : flow.Designation == FlowDesignation.Authentication ? null : signedIn,
    };
}
