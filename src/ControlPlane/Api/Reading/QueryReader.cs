using System.Globalization;
using Sidecar.ControlPlane.Api.Errors;

namespace Sidecar.ControlPlane.Api.Reading;

/// <summary>
/// Reads query parameters strictly. What a handler did not read is refused by <see cref="Finish"/>: a filter that is silently ignored
/// returns everything, and the script that asked goes on to delete it.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public FieldErrors Errors { get; } = new();

    public static ValueTask<QueryReader> BindAsync(HttpContext http) => ValueTask.FromResult(new QueryReader(http.Request.Query));

    /// <summary>True when the parameter is there and not empty.</summary>
    public bool TryText(string name, out string value)
    {
        _known.Add(name);
        value = "";
        var values = query[name];
        if (values.Count > 1)
        {
            Errors.Add(name, "Give this parameter once.");
            return false;
        }

        value = values.ToString();
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            Errors.Add(name, "Null characters are not allowed.");
            return false;
        }

        return value.Length > 0;
    }

    public bool TryNumber(string name, out int value, int min = int.MinValue, int max = int.MaxValue)
    {
        value = 0;
        if (!TryText(name, out var text))
        {
            return false;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max)
        {
            return true;
        }

        Errors.Add(name, min > int.MinValue ? $"Must be a whole number from {min} to {max}." : "Must be a whole number.");
        return false;
    }

    public bool TryFlag(string name, out bool value)
    {
        value = false;
        if (!TryText(name, out var text))
        {
            return false;
        }

        switch (text.ToUpperInvariant())
        {
            case "TRUE" or "1":
                value = true;
                return true;
            case "FALSE" or "0":
                return true;
            default:
                Errors.Add(name, "Must be true or false.");
                return false;
        }
    }

    /// <summary>The flag, or <paramref name="otherwise"/> when it is not given.</summary>
    public bool Flag(string name, bool otherwise) => TryFlag(name, out var value) ? value : otherwise;

    public bool TryTime(string name, out DateTimeOffset value)
    {
        value = default;
        if (!TryText(name, out var text))
        {
            return false;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value))
        {
            value = value.ToUniversalTime();
            return true;
        }

        Errors.Add(name, "Must be a date and time, for example 2026-01-31T12:00:00Z.");
        return false;
    }

    public bool TryId(string name, out Guid value)
    {
        value = default;
        if (!TryText(name, out var text))
        {
            return false;
        }

        if (Guid.TryParseExact(text, "D", out value))
        {
            return true;
        }

        Errors.Add(name, NotAnId(text));
        return false;
    }

    public bool TryChoice<T>(string name, out T value)
        where T : struct, Enum
    {
        value = default;
        return TryText(name, out var text) && ParseChoice(name, text, out value);
    }

    public bool TryTexts(string name, out string[] values)
    {
        _known.Add(name);
        values = [.. query[name].OfType<string>().Where(value => value.Length > 0)];
        return values.Length > 0;
    }

    public bool TryNumbers(string name, out int[] values) => TryEach(name, out values, (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) ? null : $"\"{text}\" is not a whole number.");

    public bool TryIds(string name, out Guid[] values) => TryEach(name, out values, (string text, out Guid value) =>
        Guid.TryParseExact(text, "D", out value) ? null : NotAnId(text));

    public bool TryChoices<T>(string name, out T[] values)
        where T : struct, Enum =>
        TryEach(name, out values, (string text, out T value) => Choice.TryParse(text, out value) ? null : Choice.Refusal<T>(text));

    /// <summary>To be called when everything was read: false when the request is to be refused with <see cref="Errors"/>.</summary>
    public bool Finish()
    {
        foreach (var name in query.Keys.Where(name => !_known.Contains(name)))
        {
            Errors.Add(name, "This list has no such filter; it would have been ignored.");
        }

        return !Errors.Any;
    }

    private delegate string? Parser<T>(string text, out T value);

    private static string NotAnId(string text) => $"\"{text}\" is not a valid UUID.";

    private bool ParseChoice<T>(string name, string text, out T value)
        where T : struct, Enum
    {
        if (Choice.TryParse(text, out value))
        {
            return true;
        }

        Errors.Add(name, Choice.Refusal<T>(text));
        return false;
    }

    private bool TryEach<T>(string name, out T[] values, Parser<T> parse)
    {
        values = [];
        if (!TryTexts(name, out var texts))
        {
            return false;
        }

        values = new T[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (parse(texts[i], out values[i]) is { } problem)
            {
                Errors.Add(name, problem);
            }
        }

        return !Errors.Has(name);
    }
}
