namespace Sidecar.ControlPlane.Flows;

/// <summary>A prompt stage takes only answers that a policy passes.</summary>
internal sealed class StageValidation
{
    public required Guid StageId { get; init; }

    public required Guid PolicyId { get; init; }
}
