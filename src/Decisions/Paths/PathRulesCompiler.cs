using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Paths;

/// <summary>Compiles the expressions of a snapshot, equal ones once: a thousand applications may share a handful.</summary>
internal sealed class PathRulesCompiler(List<string> problems)
{
    private readonly Dictionary<string, PathRule?> _known = new(StringComparer.Ordinal);

    public PathRules Compile(ApplicationRecord application)
    {
        var expressions = application.Provider.UnauthenticatedPaths;
        return expressions.Count == 0 ? PathRules.None : new PathRules([.. expressions.Select(expression => Compile(application, expression)).OfType<PathRule>()]);
    }

    // An expression that cannot be read opens nothing.
    private PathRule? Compile(ApplicationRecord application, string expression)
    {
        var fault = new PathExpressionFault(0, "a blank expression would open every path");
        if (!_known.TryGetValue(expression, out var rule))
        {
            rule = PathRules.IsBlank(expression) ? null : PathExpression.TryParse(expression.TrimEnd('\r'), out fault);
            _known.Add(expression, rule);
        }

        if (rule is null)
        {
            problems.Add($"application {application.Slug}: unauthenticated path '{expression}' is ignored: position {fault.Position + 1}: {fault.Message}");
        }

        return rule;
    }
}
