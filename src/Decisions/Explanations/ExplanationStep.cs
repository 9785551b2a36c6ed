using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions;

/// <summary>One thing that was looked at.</summary>
public abstract record ExplanationStep
{
    private ExplanationStep() { }

    /// <summary>Which application answers for the host.</summary>
    /// <param name="Reason">Unset when one was found.</param>
    public sealed record Host(string Authority, Reason Reason) : ExplanationStep;

    /// <summary>How the path is read.</summary>
    /// <param name="Normalized">Null when it has a fault.</param>
    /// <param name="Literal">The other reading, which must lead to the same decision; null when it has a fault.</param>
    public sealed record Path(PathFault Fault, string? Normalized, string? Literal) : ExplanationStep;

    /// <summary>Who asks.</summary>
    public sealed record Person(bool IsSignedIn, bool IsActive) : ExplanationStep;

    /// <summary>The access list as a whole.</summary>
    public sealed record Bindings(BindingMode Mode, int Enabled, int Disabled) : ExplanationStep;

    /// <summary>One enabled binding.</summary>
    /// <param name="Via">Names of the groups from one that the person is directly in up to the one that is bound; empty when not a member.</param>
    /// <param name="Reason">What is told if this binding decides.</param>
    public sealed record Binding(BindingRecord Record, IReadOnlyList<string> Via, bool Passes, Reason Reason) : ExplanationStep;

    /// <summary>One disabled binding: it plays no part.</summary>
    public sealed record DisabledBinding(BindingRecord Record) : ExplanationStep;

    /// <summary>One unauthenticated path. Open only if a rule matches either reading.</summary>
    public sealed record PublicPath(string Expression, bool MatchesNormalized, bool MatchesLiteral) : ExplanationStep;
}
