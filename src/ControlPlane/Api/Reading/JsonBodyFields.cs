using System.Text.Json;

namespace Sidecar.ControlPlane.Api.Reading;

/// <summary>The kinds of fields that more than one resource has.</summary>
internal static class JsonBodyFields
{
    /// <summary>One line of text.</summary>
    public static bool TryText(this JsonBody body, string name, out string value, int max = int.MaxValue, bool blank = false) =>
        body.TryAnyText(name, out value, max, blank) && !body.Refuses(name, value.Any(char.IsControl), "Control characters and line breaks are not allowed.");

    /// <summary>Text that may have several lines.</summary>
    public static bool TryLines(this JsonBody body, string name, out string value, int max = 64 * 1024) =>
        body.TryAnyText(name, out value, max, blank: true)
        && !body.Refuses(name, value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), "Control characters are not allowed.");

    /// <summary>A secret is taken as it is: no trimming, every character but the null character.</summary>
    public static bool TryPassword(this JsonBody body, string name, out string value) =>
        body.TryAnyText(name, out value, max: 1024, blank: true)
        && !body.Refuses(name, value.Length == 0, "This field may not be blank.")
        && !body.Refuses(name, value.Contains('\0', StringComparison.Ordinal), "Null characters are not allowed.");

    public static bool TryFlag(this JsonBody body, string name, out bool value)
    {
        value = false;
        if (!body.TryFind(name, out var json))
        {
            return false;
        }

        value = json.ValueKind == JsonValueKind.True;
        return !body.Refuses(name, json.ValueKind is not (JsonValueKind.True or JsonValueKind.False), "Must be true or false.");
    }

    public static bool TryNumber(this JsonBody body, string name, out int value, int min = int.MinValue, int max = int.MaxValue)
    {
        value = 0;
        return body.TryFind(name, out var json) && body.ParseNumber(name, json, out value, min, max);
    }

    public static bool TryChoice<T>(this JsonBody body, string name, out T value)
        where T : struct, Enum
    {
        value = default;
        return body.TryText(name, out var text, blank: true) && !body.Refuses(name, !Choice.TryParse(text, out value), Choice.Refusal<T>(text));
    }

    public static bool TryId(this JsonBody body, string name, out Guid value)
    {
        value = default;
        return body.TryFind(name, out var json) && body.ParseId(name, json, out value);
    }

    public static bool TryObject(this JsonBody body, string name, out JsonElement value) =>
        body.TryFind(name, out value)
        && !body.Refuses(name, value.ValueKind != JsonValueKind.Object, "Must be a JSON object.")
        && !body.Refuses(name, !value.IsStorable(), "Texts in it must be valid Unicode without null characters.");

    /// <summary>True also when the field is there and null.</summary>
    public static bool TryNullableId(this JsonBody body, string name, out Guid? value)
    {
        value = null;
        if (body.Find(name) is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return body.Find(name) is not null;
        }

        var valid = body.ParseId(name, json, out var id);
        value = id;
        return valid;
    }

    /// <summary>True also when the field is there and null.</summary>
    public static bool TryNullableNumber(this JsonBody body, string name, out int? value)
    {
        value = null;
        if (body.Find(name) is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return body.Find(name) is not null;
        }

        var valid = body.ParseNumber(name, json, out var number);
        value = number;
        return valid;
    }

    /// <summary>True also when the field is there and null.</summary>
    public static bool TryNullableTime(this JsonBody body, string name, out DateTimeOffset? value)
    {
        value = null;
        if (body.Find(name) is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return body.Find(name) is not null;
        }

        var valid = json.ValueKind == JsonValueKind.String & json.TryTime(out var time);
        value = time;
        return !body.Refuses(name, !valid, "Must be a date and time, for example 2026-01-31T12:00:00Z.");
    }

    public static bool TryIds(this JsonBody body, string name, out Guid[] values)
    {
        var ids = new List<Guid>();
        var valid = body.TryEach(name, json => body.ParseId(name, json, out var id) && Add(ids, id));
        values = [.. ids.Distinct()];
        return valid;
    }

    public static bool TryNumbers(this JsonBody body, string name, out int[] values)
    {
        var numbers = new List<int>();
        var valid = body.TryEach(name, json => body.ParseNumber(name, json, out var number) && Add(numbers, number));
        values = [.. numbers.Distinct()];
        return valid;
    }

    /// <summary>Adds <paramref name="reason"/> when <paramref name="wrong"/>, and returns it.</summary>
    public static bool Refuses(this JsonBody body, string name, bool wrong, string reason)
    {
        if (wrong)
        {
            body.Errors.Add(name, reason);
        }

        return wrong;
    }

    /// <summary>Text whose own rules the caller knows.</summary>
    public static bool TryAnyText(this JsonBody body, string name, out string value, int max = int.MaxValue, bool blank = true)
    {
        value = "";
        if (!body.TryFind(name, out var json)
            || body.Refuses(name, json.ValueKind != JsonValueKind.String, "Must be a text.")
            || body.Refuses(name, !json.TryString(out value), "Is not valid Unicode text."))
        {
            return false;
        }

        return !body.Refuses(name, !blank && string.IsNullOrWhiteSpace(value), "This field may not be blank.")
            && !body.Refuses(name, value.Length > max, $"At most {max} characters are allowed.");
    }

    private static bool TryEach(this JsonBody body, string name, Func<JsonElement, bool> read) =>
        body.TryFind(name, out var list)
        && !body.Refuses(name, list.ValueKind != JsonValueKind.Array, "Must be a list.")
        && list.EnumerateArray().All(read);

    private static bool ParseId(this JsonBody body, string name, JsonElement json, out Guid value)
    {
        value = default;
        var valid = json.ValueKind == JsonValueKind.String && json.TryGetGuid(out value);
        return !body.Refuses(name, !valid, $"{json.Shown()} is not a valid UUID.");
    }

    private static bool ParseNumber(
        this JsonBody body, string name, JsonElement json, out int value, int min = int.MinValue, int max = int.MaxValue)
    {
        value = 0;
        var valid = json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out value);
        return !body.Refuses(name, !valid, "Must be a whole number.")
            && !body.Refuses(name, value < min || value > max, $"Must be a whole number from {min} to {max}.");
    }

    private static bool Add<T>(List<T> list, T value)
    {
        list.Add(value);
        return true;
    }
}
