using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Paths;

/// <summary>
/// Compiles the expressions of a snapshot, equal ones once: a thousand applications may share a handful. Those that the snapshot before had too are
/// taken over with what they have learned.
/// </summary>
internal sealed class PathRulesCompiler(List<string> problems, PathRulesCompiler? before)
{
    private readonly Dictionary<string, (PathRule? Rule, PathExpressionFault Fault)> _known = new(StringComparer.Ordinal);

    // Only the table of the last snapshot is kept alive, not a chain of all.
    private Dictionary<string, (PathRule? Rule, PathExpressionFault Fault)>? _before = before?._known;

    public PathRules Compile(ApplicationRecord application)
    {
        var expressions = application.Provider.UnauthenticatedPaths;
        return expressions.Count == 0 ? PathRules.None : new PathRules([.. expressions.Select(expression => Compile(application, expression)).OfType<PathRule>()]);
    }

    public void Finish() => _before = null;

    // An expression that cannot be read opens nothing.
    private PathRule? Compile(ApplicationRecord application, string expression)
    {
        if (!_known.TryGetValue(expression, out var known))
        {
            known = _before is not null && _before.TryGetValue(expression, out var taken) ? taken : Read(expression);
            _known.Add(expression, known);
        }

        if (known.Rule is null)
        {
            problems.Add($"application {application.Slug}: unauthenticated path '{expression}' is ignored: position {known.Fault.Position + 1}: {known.Fault.Message}");
        }

        return known.Rule;
    }

    private static (PathRule? Rule, PathExpressionFault Fault) Read(string expression)
    {
        if (PathRules.IsBlank(expression))
        {
            return (null, new PathExpressionFault(0, "a blank expression would open every path"));
        }

        var rule = PathExpression.TryParse(expression.TrimEnd('\r'), out var fault);
        return (rule, fault);
    }
}
