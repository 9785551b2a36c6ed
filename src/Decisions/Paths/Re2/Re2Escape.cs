namespace Sidecar.Decisions.Paths.Re2;

/// <summary>What stands after a backslash, outside a class.</summary>
internal sealed class Re2Escape(Re2Input input, Re2Output output)
{
    public bool TryRead(int start, out int size, out bool repeatable)
    {
        size = 1;
        repeatable = true;
        if (input.TryTake("Q"))
        {
            return TryQuoted(out size, out repeatable);
        }

        if (Re2Ranges.TryTakeClass(input, out var ranges))
        {
            output.HasNegation |= ranges.StartsWith('^');
            output.Raw($"[{ranges}]");
            return true;
        }

        if (input.Next is 'p' or 'P')
        {
            return TryUnicodeClass(start);
        }

        if (TryAnchor())
        {
            repeatable = false;
            return true;
        }

        var read = Re2Character.TryReadEscaped(input, start, out var character);
        output.Literal(character);
        return read;
    }

    private bool TryUnicodeClass(int start)
    {
        var read = Re2Ranges.TryTakeUnicodeClass(input, output, start, out var written);
        output.Raw(written);
        return read;
    }

    // Without \E the quotation goes on to the end. What follows it repeats its last character.
    private bool TryQuoted(out int size, out bool repeatable)
    {
        size = 0;
        repeatable = false;
        while (!input.IsAtEnd && !input.TryTake(@"\E"))
        {
            var character = input.Take();
            if (char.IsSurrogate(character))
            {
                return input.Refuse(input.At - 1, "characters beyond U+FFFF are not supported");
            }

            output.Literal(character);
            repeatable = true;
            size++;
        }

        return true;
    }

    private bool TryAnchor()
    {
        if (input.Next is not ('A' or 'z' or 'b' or 'B'))
        {
            return false;
        }

        output.HasWordBoundary |= input.Next is 'b' or 'B';
        output.Raw($"\\{input.Take()}");
        return true;
    }
}
