using Sidecar.Decisions.Paths.Re2;

namespace Sidecar.Decisions.Paths;

/// <summary>Reads one RE2 expression.</summary>
internal static class PathExpression
{
    public static PathRule? TryParse(string expression, out PathExpressionFault fault)
    {
        fault = default;
        return LiteralExpression.TryParse(expression) ?? Re2Expression.TryParse(expression, out fault);
    }
}
