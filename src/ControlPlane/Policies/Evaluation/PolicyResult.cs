namespace Sidecar.ControlPlane.Policies.Evaluation;

/// <summary>A policy's answer.</summary>
/// <param name="Passing">Yes.</param>
/// <param name="Messages">For the person at the browser: what to do. Never a secret.</param>
internal sealed record PolicyResult(bool Passing, IReadOnlyList<string> Messages)
{
    public static PolicyResult Pass { get; } = new(true, []);

    public static PolicyResult Fail(params string[] messages) => new(false, messages);
}
