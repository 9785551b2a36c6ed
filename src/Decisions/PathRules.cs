using Sidecar.Decisions.Paths;

namespace Sidecar.Decisions;

/// <summary>
/// Unauthenticated paths of a provider (authentik: <c>skip_path_regex</c>): RE2 expressions, one a line, each matching anywhere in the normalised path
/// unless anchored. In domain mode too: authentik matches the whole URL there, so that a query could open an application.
/// </summary>
public sealed class PathRules
{
    public static readonly PathRules None = new([]);

    private readonly PathRule[] _rules;

    internal PathRules(PathRule[] rules) => _rules = rules;

    internal IReadOnlyList<PathRule> Rules => _rules;

    public bool IsEmpty => _rules.Length == 0;

    /// <summary>Reads what an administrator typed; for use when it is saved. <paramref name="problem"/> names line and position, both from 1.</summary>
    public static bool TryParse(string text, out PathRules? rules, out string? problem)
    {
        rules = null;
        var parsed = new List<PathRule>();
        var number = 0;
        foreach (var line in LinesOf(text))
        {
            number++;
            if (IsBlank(line))
            {
                continue;
            }

            var rule = PathExpression.TryParse(line, out var fault);
            if (rule is { Regex.IsSound: false })
            {
                (rule, fault) = (null, new PathExpressionFault(0, "the expression is not supported"));
            }

            if (rule is null)
            {
                problem = $"line {number}, position {fault.Position + 1}: {fault.Message}";
                return false;
            }

            parsed.Add(rule);
        }

        rules = new PathRules([.. parsed]);
        problem = null;
        return true;
    }

    /// <summary>The expressions of the text, as a snapshot carries them: without blank lines and carriage returns.</summary>
    public static IReadOnlyList<string> ExpressionsOf(string text) => [.. LinesOf(text).Where(line => !IsBlank(line))];

    // A blank line would be an expression that matches everything, and with it the whole application would be public.
    internal static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    /// <param name="path">Normalised.</param>
    internal bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] LinesOf(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
}
