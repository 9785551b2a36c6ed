namespace Sidecar.Demo.Edge.Rules;

/// <summary>Steps through the text of a rule; names the position of what it cannot read.</summary>
internal sealed class RuleReader(string text)
{
    private int _at;

    public bool Take(string symbol)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        _at += symbol.Length;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Problem($"'{symbol}' expected");
        }
    }

    public void ExpectEnd()
    {
        SkipSpace();
        if (_at < text.Length)
        {
            throw Problem("end expected");
        }
    }

    public string Word()
    {
        SkipSpace();
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw Problem("a matcher expected");
    }

    public string Quoted()
    {
        SkipSpace();
        var quote = _at < text.Length ? text[_at] : '\0';
        var end = quote is '`' or '"' or '\'' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
        {
            throw Problem("a quoted value expected");
        }

        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private EdgeConfigurationException Problem(string what) => new($"{what} at position {_at} of rule: {text}");
}
