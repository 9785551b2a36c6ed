using System.Globalization;

namespace Sidecar.Outpost.Configuration;

/// <summary>Durations as people write them: seconds (<c>43200</c>), <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>2d</c>, or authentik's <c>hours=12;minutes=30</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParsePart(part, out var seconds))
            {
                return false;
            }

            duration += TimeSpan.FromSeconds(seconds);
        }

        return duration > TimeSpan.Zero;
    }

    private static bool TryParsePart(string part, out long seconds)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var digits = equals >= 0 ? part[(equals + 1)..] : part.TrimEnd('s', 'm', 'h', 'd');
        var unit = equals >= 0 ? part[..equals] : part[digits.Length..];
        var factor = unit switch
        {
            "" or "s" or "seconds" => 1,
            "m" or "minutes" => 60,
            "h" or "hours" => 3_600,
            "d" or "days" => 86_400,
            "weeks" => 604_800,
            _ => 0,
        };
        // Nine digits: no product below can overflow.
        var read = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && digits.Length <= 9;
        seconds = number * factor;
        return read && factor > 0;
    }
}
