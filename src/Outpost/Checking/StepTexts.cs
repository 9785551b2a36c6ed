using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;

namespace Sidecar.Outpost.Checking;

/// <summary>The steps of a decision in words.</summary>
internal static class StepTexts
{
    public static string Of(ExplanationStep step, Explanation explanation, CompiledSnapshot snapshot) => step switch
    {
        ExplanationStep.Host { Reason: Reason.Unset } host => $"host {host.Authority}: application {NameOf(explanation)}",
        ExplanationStep.Host host => $"host {host.Authority}: no application answers ({Reasons.IdOf(host.Reason)})",
        ExplanationStep.Path { Fault: PathFault.None } path =>
            path.Normalized == path.Literal ? $"path: read as {path.Normalized}" : $"path: read as {path.Normalized}, and by others as {path.Literal}",
        ExplanationStep.Path path => $"path: cannot be read in one way ({path.Fault})",
        ExplanationStep.Person { IsSignedIn: false } => "person: nobody is signed in",
        ExplanationStep.Person person => person.IsActive ? "person: signed in" : "person: signed in, but the account is deactivated",
        ExplanationStep.Bindings bindings => OfList(bindings),
        ExplanationStep.Binding binding => $"  {Subject(binding.Record, snapshot)}{Via(binding)}: {(binding.Passes ? "lets in" : "keeps out")} ({Reasons.IdOf(binding.Reason)})",
        ExplanationStep.DisabledBinding binding => $"  {Subject(binding.Record, snapshot)}: disabled",
        ExplanationStep.PublicPath path =>
            $"unauthenticated path {path.Expression}: {(path is { MatchesNormalized: true, MatchesLiteral: true } ? "matches" : path.MatchesNormalized || path.MatchesLiteral ? "matches one reading only" : "does not match")}",
        _ => step.ToString(),
    };

    private static string NameOf(Explanation explanation) => explanation.Application is { } application ? $"{application.Record.Name} ({application.Record.Slug})" : "none";

    private static string OfList(ExplanationStep.Bindings bindings) => bindings switch
    {
        { Enabled: 0, Disabled: 0 } => "bindings: none, so everybody who is signed in may enter",
        { Enabled: 0 } => $"bindings: all {bindings.Disabled} are disabled, so everybody who is signed in may enter",
        { Mode: BindingMode.All } => $"bindings: all of {bindings.Enabled} must let in",
        _ => $"bindings: one of {bindings.Enabled} must let in",
    };

    private static string Subject(BindingRecord binding, CompiledSnapshot snapshot)
    {
        var name = binding.Subject switch
        {
            BindingSubject.User => $"user {binding.SubjectId:D}",
            BindingSubject.Group when snapshot.Source.Groups.FirstOrDefault(group => group.Id == binding.SubjectId) is { } group => $"group {group.Name}",
            BindingSubject.Group => $"group {binding.SubjectId:D} (gone)",
            _ => "something that this outpost does not know",
        };
        return binding.Negate ? "not " + name : name;
    }

    private static string Via(ExplanationStep.Binding binding) => binding.Via.Count > 1 ? $" (by {string.Join(" in ", binding.Via)})" : "";
}
