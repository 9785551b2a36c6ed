namespace Sidecar.Decisions.Paths;

/// <summary>One expression: plain text bound to start, end, both or neither, or else a regular expression.</summary>
internal sealed class PathRule
{
    private readonly string _text = "";
    private readonly bool _atStart;
    private readonly bool _atEnd;
    private readonly PathRegex? _regex;

    public PathRule(string expression, string text, bool atStart, bool atEnd)
    {
        Expression = expression;
        _text = text;
        _atStart = atStart;
        _atEnd = atEnd;
    }

    public PathRule(string expression, PathRegex regex)
    {
        Expression = expression;
        _regex = regex;
    }

    /// <summary>As the administrator wrote it.</summary>
    public string Expression { get; }

    public PathRegex? Regex => _regex;

    public bool Matches(ReadOnlySpan<char> path) =>
        _regex is not null ? _regex.Matches(path)
        : _atStart && _atEnd ? path.SequenceEqual(_text)
        : _atStart ? path.StartsWith(_text, StringComparison.Ordinal)
        : _atEnd ? path.EndsWith(_text, StringComparison.Ordinal)
        : path.Contains(_text, StringComparison.Ordinal);
}
