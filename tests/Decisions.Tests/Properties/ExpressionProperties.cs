using System.Text.RegularExpressions;
using CsCheck;
using Sidecar.Decisions.Paths;
using Sidecar.Decisions.Paths.Re2;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class ExpressionProperties
{
    private static readonly string[] Pieces =
        ["a", "b", "/", "-", "^", "$", ".", "*", "+", "?", "|", "(", ")", "(?i)", "(?i:", "(?P<n>", "[", "]", "[^", "[:alpha:]", "{2}", "{1,}", "{", "}", ",",
         @"\", @"\d", @"\W", @"\b", @"\Q", @"\E", @"\.", @"\pL", @"\x41", @"\z", @"\A", "ü", " ", "#", "&&", "-["];

    private static readonly Gen<string> AnyExpression = Gen.OneOf(Pieces).Array[1, 10].Select(string.Concat);
    private static readonly Gen<string> AnyPath = Gen.OneOf("a", "b", "/", "-", ".", "A", "ü", "{2}", "]").Array[0, 6].Select(pieces => "/" + string.Concat(pieces));

    [Fact]
    public void No_expression_throws_and_none_passes_the_parser_that_dotnet_refuses() =>
        Gen.Select(AnyExpression, AnyPath).Sample((expression, path) =>
        {
            var rule = PathExpression.TryParse(expression, out var fault);

            Assert.Equal(rule is null, fault != default);
            Assert.True(rule?.Regex?.IsSound ?? true);
            Assert.InRange(fault.Position, 0, expression.Length);
            rule?.Matches(path);
        }, iter: 3000);

    [Fact]
    public void Plain_text_matches_as_its_regular_expression_does() =>
        Gen.Select(Gen.OneOf("a", "b", "/", @"\.", "-", "ü", " ").Array[0, 4], Gen.OneOf("", "^", @"\A", ".*", "^.*"), Gen.OneOf("", "$", @"\z", ".*", ".*$"), AnyPath)
            .Sample((pieces, start, end, path) =>
            {
                var expression = start + string.Concat(pieces) + end;
                var literal = LiteralExpression.TryParse(expression);

                return literal is { Regex: null } && literal.Matches(path) == Re2Expression.TryParse(expression, out _)!.Matches(path);
            }, iter: 1000);

    [Fact]
    public void What_both_dialects_read_alike_matches_alike() =>
        Gen.Select(Gen.OneOf("a", "b", "/", "(a|b)", "[ab]", "[^a]", "a*", "b+", "(ab)?", ".", "a{2}", "(?:b|/)*").Array[1, 5], AnyPath).Sample((pieces, path) =>
        {
            var expression = string.Concat(pieces);

            return PathExpression.TryParse(expression, out _)!.Matches(path) == Regex.IsMatch(path, expression, RegexOptions.CultureInvariant);
        }, iter: 1000);
}
