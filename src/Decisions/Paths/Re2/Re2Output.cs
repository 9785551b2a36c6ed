using System.Globalization;
using System.Text;

namespace Sidecar.Decisions.Paths.Re2;

/// <summary>
/// The .NET expression that is written. Every character that is not a letter or digit is written as a code, so that nothing is special to .NET which
/// is not special to RE2 (class subtraction, comments, white space).
/// </summary>
internal sealed class Re2Output
{
    private readonly StringBuilder _pattern = new();

    public string Pattern => _pattern.ToString();

    /// <summary><c>(?i)</c> occurs.</summary>
    public bool HasFold { get; set; }

    /// <summary>A negated class occurs.</summary>
    public bool HasNegation { get; set; }

    /// <summary><c>\b</c> or <c>\B</c> occurs.</summary>
    public bool HasWordBoundary { get; set; }

    /// <summary>Where a Unicode class occurs.</summary>
    public int? UnicodeClassAt { get; set; }

    /// <summary>
    /// True when .NET and RE2 agree on ASCII only: words are Unicode there and ASCII here, and some letters outside ASCII fold to ASCII ones in one and
    /// not the other, which in a negated class would match more.
    /// </summary>
    public bool IsForAsciiOnly => HasWordBoundary || (HasFold && HasNegation);

    public void Raw(string pattern) => _pattern.Append(pattern);

    public void Literal(int character)
    {
        if (character <= 0x7F && char.IsAsciiLetterOrDigit((char)character))
        {
            _pattern.Append((char)character);
        }
        else
        {
            _pattern.Append(CultureInfo.InvariantCulture, $"\\u{character:X4}");
        }
    }
}
