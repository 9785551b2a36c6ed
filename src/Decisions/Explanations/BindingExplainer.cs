using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Explanations;

/// <summary>What each binding says about the person.</summary>
internal static class BindingExplainer
{
    public static IEnumerable<ExplanationStep> Steps(CompiledApplication application, PrincipalFacts? principal)
    {
        var record = application.Record;
        var enabled = application.Bindings.Enabled;
        yield return new ExplanationStep.Bindings(record.BindingMode, enabled.Count, record.Bindings.Count - enabled.Count);

        // Group numbers of another snapshot would name other groups; nobody has no group at all.
        if (principal is not null && ReferenceEquals(principal.Snapshot, application.Snapshot))
        {
            foreach (var binding in enabled)
            {
                var result = binding.Evaluate(principal);
                yield return new ExplanationStep.Binding(binding.Record, Via(binding.Record, principal), result.Passes, result.Reason);
            }
        }

        foreach (var disabled in record.Bindings.Where(binding => !binding.Enabled))
        {
            yield return new ExplanationStep.DisabledBinding(disabled);
        }
    }

    private static IReadOnlyList<string> Via(BindingRecord record, PrincipalFacts principal) =>
        record.Subject == BindingSubject.Group ? principal.Snapshot.Groups.ChainTo(record.SubjectId, principal.Principal.Groups) : [];
}
