using Sidecar.ControlPlane.Policies.Reputations;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>The schema's <c>Reputation</c>. Where an address lies is not looked up.</summary>
internal sealed record ReputationScoreAnswer(Guid Pk, string Identifier, string Ip, int Score, DateTimeOffset Updated)
{
    /// <param name="score">As stored.</param>
    /// <param name="now">The score is told as it counts now.</param>
    public static ReputationScoreAnswer Of(ReputationScore score, DateTimeOffset now) =>
        new(score.Id, score.Identifier, score.Ip, ReputationDecay.At(now, score.Score, score.UpdatedAt), score.UpdatedAt);
}
