using System.Text;
using System.Text.RegularExpressions;

namespace Sidecar.Decisions.Paths;

/// <summary>One expression: plain text bound to start, end, both or neither, or else a regular expression.</summary>
internal sealed class PathRule
{
    private readonly string _text = "";
    private readonly bool _atStart;
    private readonly bool _atEnd;
    private readonly Regex? _regex;
    private readonly bool _asciiOnly;

    public PathRule(string text, bool atStart, bool atEnd)
    {
        _text = text;
        _atStart = atStart;
        _atEnd = atEnd;
    }

    public PathRule(Regex regex, bool asciiOnly)
    {
        _regex = regex;
        _asciiOnly = asciiOnly;
    }

    public bool IsRegex => _regex is not null;

    public bool Matches(ReadOnlySpan<char> path) =>
        _regex is not null ? MatchesRegex(_regex, path)
        : _atStart && _atEnd ? path.SequenceEqual(_text)
        : _atStart ? path.StartsWith(_text, StringComparison.Ordinal)
        : _atEnd ? path.EndsWith(_text, StringComparison.Ordinal)
        : path.Contains(_text, StringComparison.Ordinal);

    // .NET counts a character beyond U+FFFF as two, RE2 as one: where a count could tell, nothing matches.
    private bool MatchesRegex(Regex regex, ReadOnlySpan<char> path) =>
        !path.ContainsAnyInRange('\uD800', '\uDFFF') && (!_asciiOnly || Ascii.IsValid(path)) && regex.IsMatch(path);
}
