using System.Text.Json;
using System.Text.RegularExpressions;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>What an answer to one field must be, and what a field shows at first.</summary>
internal static partial class PromptFieldRules
{
    private const int MaxLength = 4096;
    private const string AttributePrefix = "attributes.";

    /// <summary>The types that a prompt may have.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "text", "text_area", "text_read_only", "text_area_read_only", "username", "email", "password", "number", "checkbox", "radio-button-group", "dropdown", "date",
        "date-time", "separator", "hidden", "static", "alert_info", "alert_warning", "alert_danger", "ak-locale",
    ];

    /// <summary>Fields that show something and take no answer: the server knows their value.</summary>
    public static bool IsFixed(string type) =>
        type is "static" or "separator" or "hidden" or "text_read_only" or "text_area_read_only" or "alert_info" or "alert_warning" or "alert_danger";

    /// <summary>Null: the answer is good.</summary>
    public static ErrorDetail? ProblemOf(Prompt prompt, string? answer) => (prompt.Type, answer) switch
    {
        (_, null) when prompt.Required && prompt.Type != "checkbox" => new ErrorDetail("This field is required.", "required"),
        (_, null) => null,
        (_, { Length: > MaxLength }) => new ErrorDetail($"Ensure this field has no more than {MaxLength} characters.", "max_length"),
        ("email", _) when !EmailText.IsValid(answer) => new ErrorDetail("Enter a valid email address.", "invalid"),
        ("username", _) when answer.Length > 150 || answer.Any(char.IsControl) => new ErrorDetail("A username has at most 150 characters.", "invalid"),
        ("date", _) when !DateOnly.TryParseExact(answer, "yyyy-MM-dd", out var _) => new ErrorDetail("Date has wrong format. Use YYYY-MM-DD.", "invalid"),
        ("date-time", _) when !IsTime(answer) => new ErrorDetail("Datetime has wrong format. Use YYYY-MM-DDThh:mm[:ss][Z].", "invalid"),
        ("dropdown" or "radio-button-group", _) when !ChoicesOf(prompt).Contains(answer) => new ErrorDetail($"\"{answer}\" is not a valid choice.", "invalid_choice"),
        ("ak-locale", _) when !Locale().IsMatch(answer) => new ErrorDetail("Write a language such as en or de-AT.", "invalid"),
        ("number", _) when !decimal.TryParse(answer, System.Globalization.CultureInfo.InvariantCulture, out var _) => new ErrorDetail("A valid number is required.", "invalid"),
        _ => null,
    };

    /// <summary>The field as a page shows it.</summary>
    public static PromptField Show(Prompt prompt, string value) => new()
    {
        FieldKey = prompt.FieldKey,
        Label = prompt.Label,
        Type = prompt.Type,
        Required = prompt.Required && !IsFixed(prompt.Type),
        Placeholder = HasChoices(prompt) ? "" : prompt.Placeholder,
        InitialValue = value,
        Order = prompt.Order,
        SubText = prompt.SubText,
        Choices = HasChoices(prompt) ? [.. ChoicesOf(prompt).Select(choice => new PromptChoice(choice, choice))] : null,
    };

    private static bool HasChoices(Prompt prompt) => prompt.Type is "dropdown" or "radio-button-group";

    // authentik has them from a Python expression; here they are the lines of the placeholder.
    private static string[] ChoicesOf(Prompt prompt) => prompt.Placeholder.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What the user at hand has, else what the field says.</summary>
    public static string InitialValueOf(Prompt prompt, User? user) => (prompt.FieldKey, user) switch
    {
        _ when prompt.Type == "password" => "",
        (_, null) => prompt.InitialValue,
        ("username", _) => user.Username,
        ("name", _) => user.Name,
        ("email", _) => user.Email,
        ({ } key, _) when key.StartsWith(AttributePrefix, StringComparison.Ordinal) => AttributeOf(user, key[AttributePrefix.Length..]) ?? prompt.InitialValue,
        _ => prompt.InitialValue,
    };

    private static bool IsTime(string text) =>
        text.Length >= 16 && text[10] == 'T' && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out _);

    [GeneratedRegex("\\A[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Locale();

    private static string? AttributeOf(User user, string path)
    {
        var value = user.Attributes;
        foreach (var key in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(key, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
