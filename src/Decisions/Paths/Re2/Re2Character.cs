using System.Globalization;

namespace Sidecar.Decisions.Paths.Re2;

/// <summary>An escape that stands for one character, in and outside of classes.</summary>
internal static class Re2Character
{
    private const int MaxCodePoint = 0xFFFF;

    public static bool TryReadEscaped(Re2Input input, int start, out int character)
    {
        character = 0;
        if (input.IsAtEnd)
        {
            return input.Refuse(start, "a backslash ends the expression");
        }

        var letter = input.Take();
        if (letter == 'x')
        {
            return TryHexadecimal(input, start, out character);
        }

        character = letter switch
        {
            'a' => '\a',
            'f' => '\f',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\v',
            _ => letter,
        };
        return character != letter || IsPunctuation(letter) || input.Refuse(start, WhyNot(letter));
    }

    private static bool IsPunctuation(char letter) => letter <= '\x7F' && !char.IsAsciiLetterOrDigit(letter);

    private static string WhyNot(char letter) => letter switch
    {
        'C' => @"\C (a single byte) is not supported: paths are text",
        'Z' => @"\Z is not part of RE2: write \z or $",
        >= '1' and <= '9' => "back-references are not part of RE2",
        '0' => @"octal codes are not supported: write \x and two digits",
        _ => $"\\{letter} is not part of RE2",
    };

    private static bool TryHexadecimal(Re2Input input, int start, out int character)
    {
        var braced = input.TryTake("{");
        var length = braced ? input.Rest.IndexOf('}') : 2;
        character = 0;
        if (length is < 1 or > 8 || input.Rest.Length < length ||
            !int.TryParse(input.Rest[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out character) || character < 0)
        {
            return input.Refuse(start, @"\x needs two hexadecimal digits, or some in braces");
        }

        input.At += length + (braced ? 1 : 0);
        return (character <= MaxCodePoint && !char.IsSurrogate((char)character)) || input.Refuse(start, "characters beyond U+FFFF are not supported");
    }
}
