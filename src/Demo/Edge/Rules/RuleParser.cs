namespace Sidecar.Demo.Edge.Rules;

/// <summary>Reads a router's rule: matchers, ! before &amp;&amp; before ||, and parentheses.</summary>
internal sealed class RuleParser
{
    private readonly RuleReader _reader;
    private readonly RuleSyntax _syntax;

    private RuleParser(string rule, RuleSyntax syntax)
    {
        _reader = new RuleReader(rule);
        _syntax = syntax;
    }

    public static IRule Parse(string rule, RuleSyntax syntax)
    {
        var parser = new RuleParser(rule, syntax);
        var parsed = parser.Either();
        parser._reader.ExpectEnd();
        return parsed;
    }

    private IRule Either()
    {
        var parts = new List<IRule> { Both() };
        while (_reader.Take("||"))
        {
            parts.Add(Both());
        }

        return parts is [var only] ? only : new AnyRule(parts);
    }

    private IRule Both()
    {
        var parts = new List<IRule> { One() };
        while (_reader.Take("&&"))
        {
            parts.Add(One());
        }

        return parts is [var only] ? only : new AllRule(parts);
    }

    private IRule One()
    {
        if (_reader.Take("!"))
        {
            return new NotRule(One());
        }

        if (!_reader.Take("("))
        {
            return Matcher();
        }

        var inside = Either();
        _reader.Expect(")");
        return inside;
    }

    private IRule Matcher()
    {
        var name = _reader.Word();
        _reader.Expect("(");
        var arguments = new List<string> { _reader.Quoted() };
        while (_reader.Take(","))
        {
            arguments.Add(_reader.Quoted());
        }

        _reader.Expect(")");
        return Matchers.Make(name, arguments, _syntax);
    }
}
