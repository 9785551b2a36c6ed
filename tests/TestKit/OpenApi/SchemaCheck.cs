using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sidecar.TestKit.OpenApi;

/// <summary>
/// Judges one JSON value by a schema. Stricter than JSON Schema in one thing: a member that the schema does not name is a mistake,
/// unless the schema says that there may be others.
/// </summary>
internal sealed class SchemaCheck(SchemaDocument document, List<string> problems)
{
    // Settings that authentik does not have; its clients pass over them.
    private static readonly HashSet<string> OwnMembers = ["identity_budget_bytes", "group_choice", "group_prefix", "hide_ticket", "send_assertion", "strict"];

    public void Check(YamlMappingNode reference, JsonElement value, string at)
    {
        var schema = document.Resolve(reference);
        if (value.ValueKind == JsonValueKind.Null)
        {
            Report(!schema.IsTrue("nullable") && schema.Children.Count > 0 && (schema.Text("type") is not null || schema.List("allOf") is not null), at, "is null");
            return;
        }

        foreach (var part in schema.List("allOf")?.Children.OfType<YamlMappingNode>() ?? [])
        {
            Check(part, value, at);
        }

        CheckOneOf(schema, value, at);
        CheckType(schema, value, at);
        if (schema.List("enum") is { } choices)
        {
            Report(!choices.Children.OfType<YamlScalarNode>().Any(choice => choice.Value == value.ToString()), at, $"\"{value}\" is not one of the choices");
        }
    }

    private void CheckOneOf(YamlMappingNode schema, JsonElement value, string at)
    {
        if (schema.List("oneOf") is not { } options)
        {
            return;
        }

        var fits = options.Children.OfType<YamlMappingNode>().Any(option =>
        {
            var found = new List<string>();
            new SchemaCheck(document, found).Check(option, value, at);
            return found.Count == 0;
        });
        Report(!fits, at, "fits none of the alternatives");
    }

    private void CheckType(YamlMappingNode schema, JsonElement value, string at)
    {
        switch (schema.Text("type"))
        {
            case "object":
                CheckObject(schema, value, at);
                break;
            case "array":
                CheckArray(schema, value, at);
                break;
            case "string":
                CheckString(schema, value, at);
                break;
            case "integer":
                Report(value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _), at, $"{value.GetRawText()} is not a whole number");
                CheckRange(schema, value, at);
                break;
            case "number":
                Report(value.ValueKind != JsonValueKind.Number, at, $"{value.GetRawText()} is not a number");
                CheckRange(schema, value, at);
                break;
            case "boolean":
                Report(value.ValueKind is not (JsonValueKind.True or JsonValueKind.False), at, $"{value.GetRawText()} is not true or false");
                break;
        }
    }

    private void CheckObject(YamlMappingNode schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(true, at, "is not an object");
            return;
        }

        foreach (var required in schema.List("required")?.Children.OfType<YamlScalarNode>() ?? [])
        {
            Report(!value.TryGetProperty(required.Value!, out _), at, $"lacks {required.Value}");
        }

        var named = schema.Map("properties");
        var others = schema.Find("additionalProperties");
        foreach (var member in value.EnumerateObject())
        {
            if (named?.Map(member.Name) is { } known)
            {
                Check(known, member.Value, $"{at}.{member.Name}");
            }
            else if (others is YamlMappingNode other)
            {
                Check(other, member.Value, $"{at}.{member.Name}");
            }
            else
            {
                Report(named is not null && others is null && !OwnMembers.Contains(member.Name), at, $"has {member.Name}, which the schema does not know");
            }
        }
    }

    private void CheckArray(YamlMappingNode schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Report(true, at, "is not a list");
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check(schema.Map("items")!, item, $"{at}[{index++}]");
        }
    }

    private void CheckString(YamlMappingNode schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Report(true, at, $"{value.GetRawText()} is not a text");
            return;
        }

        var text = value.GetString()!;
        Report(Number(schema, "maxLength") is { } max && text.Length > max, at, "is too long");
        Report(Number(schema, "minLength") is { } min && text.Length < min, at, "is too short");
        Report(schema.Text("pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript), at, $"\"{text}\" does not fit the pattern");
        Report(!FitsFormat(schema.Text("format"), text), at, $"\"{text}\" is not a {schema.Text("format")}");
    }

    private void CheckRange(YamlMappingNode schema, JsonElement value, string at)
    {
        var number = value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : 0;
        Report(number > (Number(schema, "maximum") ?? decimal.MaxValue) || number < (Number(schema, "minimum") ?? decimal.MinValue), at, $"{number} is out of range");
    }

    // A field that may be left empty is an empty text in every format.
    private static bool FitsFormat(string? format, string text) => text.Length == 0 || format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && text.Contains('T', StringComparison.Ordinal),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.Count(c => c == '@') == 1,
        _ => true,
    };

    private static decimal? Number(YamlMappingNode schema, string name) =>
        decimal.TryParse(schema.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Report(bool wrong, string at, string what)
    {
        if (wrong)
        {
            problems.Add($"{at} {what}");
        }
    }
}
