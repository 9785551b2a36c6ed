namespace Sidecar.ControlPlane.Sweeping;

/// <summary>How much of what anybody can cause is kept.</summary>
/// <param name="FlowRuns">Begun and not finished, over all browsers. Whoever sends answers without end fills no disk: beyond this those go that passed no stage, then the oldest.</param>
/// <param name="FailedSignIns">Refused sign-ins that are kept, the newest. Anybody can cause one.</param>
/// <param name="Reputations">Scores that are kept, the newest; see <see cref="Policies.Reputations.ReputationScore"/>.</param>
internal sealed record SweepBounds(int FlowRuns = 10_000, int FailedSignIns = 100_000, int Reputations = 100_000);
