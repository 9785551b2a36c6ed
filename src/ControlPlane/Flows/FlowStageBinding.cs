using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Flows;

/// <summary>A stage at its place in a flow.</summary>
internal sealed class FlowStageBinding
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid FlowId { get; set; }

    public Flow? Flow { get; init; }

    public required Guid StageId { get; set; }

    public Stage? Stage { get; init; }

    public required int Order { get; set; }

    public bool EvaluateOnPlan { get; set; }

    public bool ReEvaluatePolicies { get; set; } = true;

    public InvalidResponseAction InvalidResponseAction { get; set; }

    public BindingMode PolicyEngineMode { get; set; } = BindingMode.Any;
}
