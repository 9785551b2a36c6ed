using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on a stage's place in a flow.</summary>
internal sealed class FlowBindingFields(ControlPlaneContext context)
{
    public async Task ApplyAsync(JsonBody body, FlowStageBinding binding, CancellationToken cancel)
    {
        body.Require("target", "stage", "order");
        body.Ignore("pk", "policybindingmodel_ptr_id", "stage_obj");
        await ApplyPlaceAsync(body, binding, cancel);
        if (body.TryFlag("evaluate_on_plan", out var onPlan))
        {
            binding.EvaluateOnPlan = onPlan;
        }

        if (body.TryFlag("re_evaluate_policies", out var again))
        {
            binding.ReEvaluatePolicies = again;
        }

        if (body.TryChoice<BindingMode>("policy_engine_mode", out var mode))
        {
            binding.PolicyEngineMode = mode;
        }

        if (body.TryChoice<InvalidResponseAction>("invalid_response_action", out var action))
        {
            binding.InvalidResponseAction = action;
        }
    }

    private async Task ApplyPlaceAsync(JsonBody body, FlowStageBinding binding, CancellationToken cancel)
    {
        if (body.TryId("target", out var target))
        {
            var slug = await context.Flows.Where(flow => flow.Id == target).Select(flow => flow.Slug).SingleOrDefaultAsync(cancel);
            body.Refuses("target", slug is null, $"There is no flow \"{target}\".");
            body.Refuses("target", slug == SetUpGate.FlowSlug, "The flow that sets up the installation keeps its stages.");
            binding.FlowId = target;
        }

        if (body.TryId("stage", out var stage)
            && !body.Refuses("stage", !await context.Stages.AnyAsync(known => known.Id == stage, cancel), $"There is no stage \"{stage}\"."))
        {
            binding.StageId = stage;
        }

        if (body.TryNumber("order", out var order))
        {
            binding.Order = order;
        }

        var same = context.FlowStageBindings.Where(
            other => other.Id != binding.Id && other.FlowId == binding.FlowId && other.StageId == binding.StageId && other.Order == binding.Order);
        body.Refuses("order", await same.AnyAsync(cancel), "This stage is already at this place of the flow.");
    }
}
