namespace Sidecar.ControlPlane.Api.Errors;

/// <summary>What is wrong with a request, by field. Every mistake is told at once, so that a caller need not try field by field.</summary>
internal sealed class FieldErrors
{
    /// <summary>The schema's name for what concerns no single field.</summary>
    public const string NoField = "non_field_errors";

    private readonly SortedDictionary<string, List<string>> _reasons = new(StringComparer.Ordinal);

    public bool Any => _reasons.Count > 0;

    public IReadOnlyDictionary<string, List<string>> Reasons => _reasons;

    public void Add(string field, string reason)
    {
        if (!_reasons.TryGetValue(field, out var reasons))
        {
            _reasons[field] = reasons = [];
        }

        reasons.Add(reason);
    }

    public bool Has(string field) => _reasons.ContainsKey(field);

    public static FieldErrors Of(string field, string reason)
    {
        var errors = new FieldErrors();
        errors.Add(field, reason);
        return errors;
    }
}
