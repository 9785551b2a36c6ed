using System.Text.Json.Nodes;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>FlowStageBinding</c>.</summary>
internal sealed record FlowBindingAnswer
{
    public required Guid Pk { get; init; }

    public required Guid PolicybindingmodelPtrId { get; init; }

    public required Guid Target { get; init; }

    public required Guid Stage { get; init; }

    public required JsonObject StageObj { get; init; }

    public required bool EvaluateOnPlan { get; init; }

    public required bool ReEvaluatePolicies { get; init; }

    public required int Order { get; init; }

    public required BindingMode PolicyEngineMode { get; init; }

    public required InvalidResponseAction InvalidResponseAction { get; init; }

    public static FlowBindingAnswer Of(FlowStageBinding binding, JsonObject stage) => new()
    {
        Pk = binding.Id,
        PolicybindingmodelPtrId = binding.Id,
        Target = binding.FlowId,
        Stage = binding.StageId,
        StageObj = stage,
        EvaluateOnPlan = binding.EvaluateOnPlan,
        ReEvaluatePolicies = binding.ReEvaluatePolicies,
        Order = binding.Order,
        PolicyEngineMode = binding.PolicyEngineMode,
        InvalidResponseAction = binding.InvalidResponseAction,
    };

    /// <param name="bindings">With their stages.</param>
    /// <param name="stages">Shows these.</param>
    /// <param name="cancel">The caller went away.</param>
    public static async Task<IReadOnlyList<FlowBindingAnswer>> OfAsync(IReadOnlyList<FlowStageBinding> bindings, StageAnswers stages, CancellationToken cancel)
    {
        var shown = await stages.PlainAsync([.. bindings.Select(binding => binding.Stage!)], cancel);
        return [.. bindings.Select((binding, i) => Of(binding, shown[i]))];
    }
}
