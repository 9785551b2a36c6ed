using System.Text.Json;

namespace Sidecar.ControlPlane.Api.Validation;

/// <summary>Attributes of users and groups, as far as they have a meaning for us.</summary>
internal static class AttributesValue
{
    private const string AdditionalHeaders = "additionalHeaders";

    // Identity, and what frames a message. "Authorization" may be set: giving a service its own credentials is what these headers are for.
    private static readonly string[] ReservedStarts = ["xauthentik", "xforwarded"];
    private static readonly string[] ReservedNames =
        ["cookie", "setcookie", "host", "connection", "contentlength", "transferencoding", "upgrade", "te", "trailer", "location"];

    /// <summary>Null: nothing is wrong.</summary>
    public static string? ProblemOf(JsonElement attributes)
    {
        if (!attributes.TryGetProperty(AdditionalHeaders, out var headers) || headers.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return headers.ValueKind != JsonValueKind.Object
            ? $"{AdditionalHeaders} must be an object of header names and texts."
            : headers.EnumerateObject().Select(ProblemOfHeader).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOfHeader(JsonProperty header)
    {
        if (header.Name.Length == 0 || !header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return $"{AdditionalHeaders}: \"{header.Name}\" is not a header name; use letters, digits and '-'.";
        }

        // Applications read X_Authentik_Username and x-authentik-username as one name.
        var plain = header.Name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        if (ReservedNames.Contains(plain) || ReservedStarts.Any(start => plain.StartsWith(start, StringComparison.Ordinal)))
        {
            return $"{AdditionalHeaders}: \"{header.Name}\" is reserved: an attribute must not say who the user is or how a message is read. Use another name.";
        }

        return header.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && !header.Value.ToString().Any(char.IsControl)
            ? null
            : $"{AdditionalHeaders}: the value of \"{header.Name}\" must be one line of text or a number.";
    }
}
