namespace Sidecar.Decisions.Paths;

/// <summary>Reads one RE2 expression.</summary>
internal static class PathExpression
{
    public static PathRule? TryParse(string expression, out PathExpressionFault fault)
    {
        fault = default;
        if (LiteralExpression.TryParse(expression) is { } literal)
        {
            return literal;
        }

        fault = new PathExpressionFault(0, "only plain text, ^ and $ are understood");
        return null;
    }
}
