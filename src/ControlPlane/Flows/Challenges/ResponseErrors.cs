namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>What is wrong with an answer, by field.</summary>
public sealed class ResponseErrors : Dictionary<string, IReadOnlyList<ErrorDetail>>
{
    /// <summary>For what is wrong with no single field.</summary>
    public const string General = "non_field_errors";

    public static ResponseErrors Of(string field, string text, string code = "invalid") => new() { [field] = [new ErrorDetail(text, code)] };

    public static ResponseErrors Required(string field) => Of(field, "This field is required.", "required");

    /// <summary>The texts that belong to <paramref name="field"/>.</summary>
    public IEnumerable<string> TextsOf(string field) => TryGetValue(field, out var details) ? details.Select(detail => detail.String) : [];
}
