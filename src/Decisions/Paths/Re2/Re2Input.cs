namespace Sidecar.Decisions.Paths.Re2;

/// <summary>The expression that is read, how far, and the first thing found wrong with it.</summary>
internal sealed class Re2Input(string text)
{
    public int At { get; set; }

    public PathExpressionFault Fault { get; private set; }

    public bool IsAtEnd => At >= text.Length;

    /// <summary>The character at hand, or NUL at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[At];

    public ReadOnlySpan<char> Rest => text.AsSpan(At);

    public char Take() => text[At++];

    public bool TryTake(string expected)
    {
        var found = Rest.StartsWith(expected, StringComparison.Ordinal);
        At += found ? expected.Length : 0;
        return found;
    }

    /// <returns>False, so that a parser can refuse and return in one statement.</returns>
    public bool Refuse(int position, string message)
    {
        Fault = new PathExpressionFault(position, message);
        return false;
    }
}
