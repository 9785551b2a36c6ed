using System.Globalization;
using System.Text.Json;

namespace Sidecar.ControlPlane.Api.Reading;

internal static class JsonElementReading
{
    private const int LongestShown = 60;

    /// <summary>False when the text holds half a surrogate pair: it would be another text once stored.</summary>
    public static bool TryString(this JsonElement json, out string text)
    {
        try
        {
            text = json.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    public static bool TryTime(this JsonElement json, out DateTimeOffset time)
    {
        time = default;
        if (json.ValueKind != JsonValueKind.String || !json.TryString(out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return false;
        }

        time = time.ToUniversalTime();
        return true;
    }

    /// <summary>Whether both databases can hold it: PostgreSQL has no null character.</summary>
    public static bool IsStorable(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.TryString(out var text) && !text.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().All(IsStorable),
        JsonValueKind.Object => json.EnumerateObject().All(member => IsStorable(member.Value) && !member.Name.Contains('\0', StringComparison.Ordinal)),
        _ => true,
    };

    /// <summary>The value as it was sent, cut short, for a message.</summary>
    public static string Shown(this JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "…");
    }
}
