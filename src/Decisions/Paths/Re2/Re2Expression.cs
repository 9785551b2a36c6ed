namespace Sidecar.Decisions.Paths.Re2;

/// <summary>Turns an RE2 expression into a .NET one.</summary>
internal static class Re2Expression
{
    private const int MaxLength = 2000;

    public static PathRule? TryParse(string expression, out PathExpressionFault fault)
    {
        var input = new Re2Input(expression);
        var output = new Re2Output();
        var parsed = IsShort(input, expression) && new Re2Parser(input, output).TryParse() && IsWithoutFoldedUnicode(input, output);
        fault = input.Fault;
        return parsed ? new PathRule(expression, new PathRegex(output.Pattern, output.IsForAsciiOnly)) : null;
    }

    private static bool IsShort(Re2Input input, string expression) =>
        expression.Length <= MaxLength || input.Refuse(MaxLength, $"an expression is at most {MaxLength} characters long");

    // RE2 folds the class itself, .NET the text; \P{Lu} would match more.
    private static bool IsWithoutFoldedUnicode(Re2Input input, Re2Output output) =>
        !output.HasFold || output.UnicodeClassAt is not { } at || input.Refuse(at, "Unicode classes cannot be used together with (?i)");
}
