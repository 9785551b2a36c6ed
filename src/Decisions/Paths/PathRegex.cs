using System.Text;
using System.Text.RegularExpressions;

namespace Sidecar.Decisions.Paths;

/// <summary>
/// A translated expression and its automaton, which is built when it is first needed: about a millisecond and tens of kilobytes each, so that building
/// all at every snapshot would cost a big installation seconds per change.
/// </summary>
internal sealed class PathRegex(string pattern, bool asciiOnly)
{
    // Non-backtracking: the time is linear to the path, whatever the expression.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private Regex? _regex;
    private bool _isBroken;

    /// <summary>Whether .NET takes the pattern. The translation should see to that; this is asked when an expression is saved.</summary>
    public bool IsSound => TryGet() is not null;

    // .NET counts a character beyond U+FFFF as two, RE2 as one: where a count could tell, nothing matches.
    public bool Matches(ReadOnlySpan<char> path) =>
        !path.ContainsAnyInRange('\uD800', '\uDFFF') && (!asciiOnly || Ascii.IsValid(path)) && TryGet() is { } regex && regex.IsMatch(path);

    private Regex? TryGet() => Volatile.Read(ref _regex) ?? (_isBroken ? null : Build());

    // Two requests may build it at the same time; either is good.
    private Regex? Build()
    {
        try
        {
            var regex = new Regex(pattern, Options);
            Volatile.Write(ref _regex, regex);
            return regex;
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            // What cannot be asked is not public.
            _isBroken = true;
            return null;
        }
    }
}
