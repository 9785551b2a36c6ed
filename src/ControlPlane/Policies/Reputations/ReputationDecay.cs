namespace Sidecar.ControlPlane.Policies.Reputations;

/// <summary>How a score shrinks: it is halved every six hours, and a day after the last sign-in it is forgotten (authentik's default expiry).</summary>
internal static class ReputationDecay
{
    public static readonly TimeSpan HalfLife = TimeSpan.FromHours(6);
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Rounded towards zero: one refused sign-in is nothing after six hours.</summary>
    public static int At(DateTimeOffset now, int score, DateTimeOffset updated) =>
        now - updated >= Forgotten ? 0 : score / (1 << (int)Math.Max(0, (now - updated) / HalfLife));
}
