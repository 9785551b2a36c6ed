using System.Globalization;

namespace Sidecar.Outpost.SignIn;

/// <summary>Decodes once, to characters that stand for bytes (U+0000 to U+00FF), as a header that was read as Latin-1 has them.</summary>
internal static class PercentDecoder
{
    public static string ToByteText(ReadOnlySpan<char> text)
    {
        var decoded = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                decoded[length++] = (char)value;
                i += 2;
            }
            else
            {
                decoded[length++] = text[i];
            }
        }

        return new string(decoded, 0, length);
    }
}
