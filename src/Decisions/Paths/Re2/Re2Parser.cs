namespace Sidecar.Decisions.Paths.Re2;

/// <summary>
/// Reads RE2 syntax (github.com/google/re2/wiki/Syntax) and writes what matches the same paths in .NET. The paths hold no line feed and no control
/// character, so the flags <c>s</c> and <c>m</c> make no difference; only whether there is a match counts, so greediness and captures make none.
/// </summary>
internal sealed class Re2Parser(Re2Input input, Re2Output output)
{
    // Nesting costs stack, and size costs memory in every outpost: both are bounded when the expression is saved.
    private const int MaxDepth = 50;
    private const int MaxSize = 2000;

    private readonly Re2Class _class = new(input, output);
    private readonly Re2Escape _escape = new(input, output);
    private int _depth;

    public bool TryParse() =>
        TryAlternatives(out _) && (input.IsAtEnd || input.Refuse(input.At, "')' closes nothing"));

    private bool TryAlternatives(out int size)
    {
        size = 0;
        while (!input.IsAtEnd && input.Next != ')')
        {
            if (input.TryTake("|"))
            {
                output.Raw("|");
            }
            else if (!TryRepeated(out var part) || ((size += part) > MaxSize && !input.Refuse(input.At, "the expression is too large")))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryRepeated(out int size)
    {
        var start = input.At;
        if (!TryAtom(out size, out var repeatable) || !Re2Repeat.TryRead(input, output, repeatable, out var times))
        {
            return false;
        }

        // An empty group costs nothing once, but not ten thousand times.
        size = Math.Max(size, 1) * times;
        return size <= MaxSize || input.Refuse(start, "the expression is too large");
    }

    private bool TryAtom(out int size, out bool repeatable)
    {
        size = 1;
        repeatable = true;
        var start = input.At;
        if (Re2Repeat.IsOperatorNext(input))
        {
            return input.Refuse(start, "there is nothing to repeat");
        }

        switch (input.Take())
        {
            case '(':
                return TryGroup(start, out size, out repeatable);
            case '[':
                return _class.TryRead(start);
            case '.':
                output.Raw("[^\\n]");
                return true;
            case '^':
                repeatable = false;
                output.Raw("\\A");
                return true;
            case '$':
                // In .NET $ also matches before a last line feed.
                repeatable = false;
                output.Raw("\\z");
                return true;
            case '\\':
                return _escape.TryRead(start, out size, out repeatable);
            case var character:
                output.Literal(character);
                return !char.IsSurrogate(character) || input.Refuse(start, "characters beyond U+FFFF are not supported");
        }
    }

    private bool TryGroup(int start, out int size, out bool repeatable)
    {
        size = 0;
        repeatable = true;
        if (!Re2Group.TryOpen(input, output, start, out var isFlagsOnly))
        {
            return false;
        }

        if (isFlagsOnly)
        {
            repeatable = false;
            return true;
        }

        if (++_depth > MaxDepth)
        {
            return input.Refuse(start, "groups are nested too deeply");
        }

        if (!TryAlternatives(out size))
        {
            return false;
        }

        _depth--;
        output.Raw(")");
        return input.TryTake(")") || input.Refuse(start, "the group is not closed");
    }
}
