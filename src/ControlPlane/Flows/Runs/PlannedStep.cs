namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>A stage that a run still has to pass, as it stood when the run was planned.</summary>
internal sealed record PlannedStep
{
    public required Guid Binding { get; init; }

    public required Guid Stage { get; init; }
}
