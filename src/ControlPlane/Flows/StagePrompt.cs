namespace Sidecar.ControlPlane.Flows;

/// <summary>A prompt stage shows a field.</summary>
internal sealed class StagePrompt
{
    public required Guid StageId { get; init; }

    public required Guid PromptId { get; init; }
}
