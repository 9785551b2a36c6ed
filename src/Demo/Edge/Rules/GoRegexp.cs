using System.Text.RegularExpressions;

namespace Sidecar.Demo.Edge.Rules;

/// <summary>Go's regular expressions are linear in time and know no culture; so is .NET's engine with these options.</summary>
internal static class GoRegexp
{
    public static Regex Compile(string pattern)
    {
        try
        {
            // In Go a dollar sign is the very end; in .NET it also stands before a last line feed. No host, path or header name has one.
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException problem)
        {
            throw new EdgeConfigurationException($"'{pattern}' is not a regular expression: {problem.Message}");
        }
    }
}
