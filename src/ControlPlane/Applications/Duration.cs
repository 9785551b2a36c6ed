using System.Globalization;

namespace Sidecar.ControlPlane.Applications;

/// <summary>authentik's spans of time: <c>hours=24</c>, <c>days=1;minutes=30</c>.</summary>
internal static class Duration
{
    private static readonly char[] Separators = [';', ',', '\n'];

    /// <summary>The span, or null when the text is none.</summary>
    public static TimeSpan? TryParse(string text)
    {
        var sum = 0.0;
        foreach (var part in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var unit, var number]
                || SecondsOf(unit) is not { } seconds
                || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            sum += seconds * count;
        }

        // A hundred years: beyond it dates overflow.
        return sum <= 100 * 366 * 86_400.0 ? TimeSpan.FromSeconds(sum) : null;
    }

    private static double? SecondsOf(string unit) => unit switch
    {
        "microseconds" => 1e-6,
        "milliseconds" => 1e-3,
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3600,
        "days" => 86_400,
        "weeks" => 7 * 86_400,
        _ => null,
    };
}
