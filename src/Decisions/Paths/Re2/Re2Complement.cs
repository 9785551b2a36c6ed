using System.Globalization;
using System.Text;

namespace Sidecar.Decisions.Paths.Re2;

/// <summary>
/// All characters but some ASCII ones, as ranges: inside a bracket (<c>[\D/]</c>, <c>[[:^alpha:]/]</c>) .NET has no other way to say it.
/// </summary>
internal static class Re2Complement
{
    private const int Ascii = 0x80;

    public static string Of(ReadOnlySpan<char> ranges)
    {
        Span<bool> held = stackalloc bool[Ascii];
        while (!ranges.IsEmpty)
        {
            var low = TakeCharacter(ref ranges);
            var isRange = ranges.StartsWith('-');
            ranges = isRange ? ranges[1..] : ranges;
            var high = isRange ? TakeCharacter(ref ranges) : low;
            held[low..(high + 1)].Fill(true);
        }

        var written = new StringBuilder();
        for (var i = 0; i < Ascii; i++)
        {
            if (!held[i])
            {
                written.Append(CultureInfo.InvariantCulture, $"\\u{i:X4}");
            }
        }

        return written.Append(@"\u0080-\uFFFF").ToString();
    }

    private static int TakeCharacter(ref ReadOnlySpan<char> ranges)
    {
        var escaped = ranges.StartsWith(@"\u");
        var character = escaped ? int.Parse(ranges[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : ranges[0];
        ranges = ranges[(escaped ? 6 : 1)..];
        return character;
    }
}
