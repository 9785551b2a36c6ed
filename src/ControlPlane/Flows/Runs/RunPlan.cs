namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>The stages of a run and the proofs of those that were passed.</summary>
internal sealed record RunPlan
{
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    public IReadOnlyList<StageProof> Proofs { get; init; } = [];

    public RunState State { get; init; }

    /// <summary>With <see cref="RunState.Denied"/>: why, for the person at the browser.</summary>
    public string Reason { get; init; } = "";

    /// <summary>With <see cref="RunState.Left"/>: where to.</summary>
    public string To { get; init; } = "";

    /// <summary>The first stage without a proof: there is no counter that could run ahead of the proofs.</summary>
    public PlannedStep? Current => Steps.FirstOrDefault(step => Proofs.All(proof => proof.Binding != step.Binding));

    public RunPlan With(StageProof proof) => this with { Proofs = [.. Proofs, proof] };
}
