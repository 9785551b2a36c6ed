namespace Sidecar.ControlPlane.Policies;

/// <summary>The schema's <c>PolicyTestResult</c>: would this user get in, and why.</summary>
internal sealed record AccessVerdict(bool Passing, IReadOnlyList<string> Messages)
{
    public IReadOnlyList<string> LogMessages { get; } = [];
}
