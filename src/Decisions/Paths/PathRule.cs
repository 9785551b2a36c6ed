using System.Text.RegularExpressions;

namespace Sidecar.Decisions.Paths;

/// <summary>One expression: plain text bound to start, end, both or neither, or else a regular expression.</summary>
internal sealed record PathRule(string Text, bool AtStart, bool AtEnd, Regex? Regex = null)
{
    public bool Matches(ReadOnlySpan<char> path) =>
        Regex is not null ? Regex.IsMatch(path)
        : AtStart && AtEnd ? path.SequenceEqual(Text)
        : AtStart ? path.StartsWith(Text, StringComparison.Ordinal)
        : AtEnd ? path.EndsWith(Text, StringComparison.Ordinal)
        : path.Contains(Text, StringComparison.Ordinal);
}
