namespace Sidecar.Decisions.Paths.Re2;

/// <summary>A class in brackets.</summary>
internal sealed class Re2Class(Re2Input input, Re2Output output)
{
    /// <param name="start">Of the opening bracket, which has been read.</param>
    public bool TryRead(int start)
    {
        var negated = input.TryTake("^");
        output.HasNegation |= negated;
        output.Raw(negated ? "[^" : "[");

        // A closing bracket that comes first stands for itself.
        for (var first = true; first || input.Next != ']'; first = false)
        {
            if (input.IsAtEnd)
            {
                return input.Refuse(start, "the class is not closed");
            }

            if (!TryItem())
            {
                return false;
            }
        }

        input.At++;
        output.Raw("]");
        return true;
    }

    private bool TryItem()
    {
        var start = input.At;
        if (Re2Ranges.TryTakePosix(input, out var ranges))
        {
            return Add(ranges);
        }

        if (input.Fault != default)
        {
            return false;
        }

        if (input.Next != '\\')
        {
            return TryRange();
        }

        input.At++;
        if (Re2Ranges.TryTakeClass(input, out ranges))
        {
            return Add(ranges);
        }

        if (input.Next is 'p' or 'P')
        {
            var read = Re2Ranges.TryTakeUnicodeClass(input, output, start, out var written);
            output.Raw(written);
            return read;
        }

        input.At = start;
        return TryRange();
    }

    private bool Add(string ranges)
    {
        output.HasNegation |= ranges.StartsWith('^');
        output.Raw(ranges.StartsWith('^') ? Re2Complement.Of(ranges.AsSpan(1)) : ranges);
        return true;
    }

    private bool TryRange()
    {
        var start = input.At;
        if (!TryCharacter(out var low))
        {
            return false;
        }

        output.Literal(low);
        if (input.Next != '-' || input.Rest is ['-', ']', ..])
        {
            return true;
        }

        input.At++;
        if (input.IsAtEnd || !TryCharacter(out var high))
        {
            return input.Fault != default ? false : input.Refuse(start, "the range has no end");
        }

        output.Raw("-");
        output.Literal(high);
        return low <= high || input.Refuse(start, "the range is the wrong way round");
    }

    private bool TryCharacter(out int character)
    {
        var start = input.At;
        character = input.Take();
        return character == '\\' ? Re2Character.TryReadEscaped(input, start, out character)
            : !char.IsSurrogate((char)character) || input.Refuse(start, "characters beyond U+FFFF are not supported");
    }
}
