namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>A stage that a run goes through in place of the one that stands in its plan.</summary>
internal sealed record StageDetour(Guid Stage, string Kind);
