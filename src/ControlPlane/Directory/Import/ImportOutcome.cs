namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>What came of an import.</summary>
/// <param name="Users">How many the file has.</param>
/// <param name="Problems">Any: nothing was added.</param>
/// <param name="Refusal">The save was refused: nothing was added.</param>
internal sealed record ImportOutcome(int Users, IReadOnlyList<ImportProblem> Problems, IResult? Refusal);
