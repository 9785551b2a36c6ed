using System.Text;

namespace Sidecar.Decisions.Paths;

/// <summary>One character of a path, decoded, with the number of raw characters that spelled it.</summary>
internal readonly record struct PathCharacter(Rune Value, bool IsEncoded, int RawLength, PathFault Fault)
{
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
        _ => Rune.IsControl(value) ? PathFault.EncodedControl : PathFault.None,
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
