namespace Sidecar.Decisions;

/// <summary>A decision and all that was looked at for it, in that order.</summary>
/// <param name="Application">Null when no application answers the host.</param>
public sealed record Explanation(CompiledApplication? Application, Decision Decision, IReadOnlyList<ExplanationStep> Steps);
