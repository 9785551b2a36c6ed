using System.Text.Json;
using System.Text.RegularExpressions;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Api.Validation;

/// <summary>Fields with rules that more than one resource has.</summary>
internal static partial class ValidatedFields
{
    public const string DurationHelp = "Write it as hours=24;minutes=30, with weeks, days, hours, minutes or seconds.";

    public static bool TryDuration(this JsonBody body, string name, out string value) =>
        body.TryText(name, out value)
        && !body.Refuses(name, Duration.TryParse(value) is not { } duration || duration <= TimeSpan.Zero, $"Not a duration. {DurationHelp}");

    public static bool TrySlug(this JsonBody body, string name, out string value, int max) =>
        body.TryText(name, out value, max) && !body.Refuses(name, !Slug().IsMatch(value), "Only letters, digits, '-' and '_' are allowed.");

    /// <summary>A field of the schema that stands for something we do not have: nothing but "none" can be said.</summary>
    public static void OnlyEmpty(this JsonBody body, string name, string reason)
    {
        var empty = body.Find(name) is not { } json || json.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.Array => json.GetArrayLength() == 0,
            JsonValueKind.String => json.ValueEquals(""),
            JsonValueKind.Object => !json.EnumerateObject().Any(),
            _ => false,
        };
        body.Refuses(name, !empty, reason);
    }

    [GeneratedRegex(@"\A[-a-zA-Z0-9_]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
