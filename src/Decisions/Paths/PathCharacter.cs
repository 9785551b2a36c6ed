using System.Buffers;
using System.Text;

namespace Sidecar.Decisions.Paths;

/// <summary>One character of a path, decoded, with the number of raw characters that spelled it.</summary>
internal readonly record struct PathCharacter(Rune Value, bool IsEncoded, int RawLength, PathFault Fault)
{
    // U+2024 and U+2025 are leaders of one and two dots, U+37E and U+204F fold to a semicolon or look like one, the rest are small and full-width forms.
    private static readonly SearchValues<char> LookAlikes = SearchValues.Create("\u037E\u2024\u2025\u2044\u2047\u2048\u2049\u204F\u2215\uFE52\uFE54\uFE56\uFE5F\uFE68\uFE6A\uFF03\uFF05\uFF0E\uFF0F\uFF1B\uFF1F\uFF3C");

    public static PathCharacter ReadFirst(ReadOnlySpan<char> raw)
    {
        if (raw[0] == '%')
        {
            return PercentDecoder.ReadFirst(raw);
        }

        return raw[0] <= '\x7F'
            ? new PathCharacter(new Rune(raw[0]), false, 1, FaultOfRaw(raw[0]))
            : new PathCharacter(Rune.ReplacementChar, false, 1, PathFault.IllegalCharacter);
    }

    public static PathFault FaultOfDecoded(Rune value) => value.Value switch
    {
        0 => PathFault.ControlCharacter,
        '/' or '\\' => PathFault.Separator,
        ';' or '?' or '#' => PathFault.Delimiter,
        '%' => PathFault.DoubleEncoding,
        _ when Rune.IsControl(value) => PathFault.EncodedControl,
        _ => value.IsBmp && LookAlikes.Contains((char)value.Value) ? PathFault.LookAlike : PathFault.None,
    };

    private static PathFault FaultOfRaw(char c) => c switch
    {
        < ' ' or '\x7F' => PathFault.ControlCharacter,
        ' ' => PathFault.IllegalCharacter,
        '\\' => PathFault.Separator,
        ';' or '?' or '#' => PathFault.Delimiter,
        _ => PathFault.None,
    };
}
