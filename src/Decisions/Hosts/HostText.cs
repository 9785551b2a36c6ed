using System.Buffers;

namespace Sidecar.Decisions.Hosts;

/// <summary>Which texts can be a host at all. Anything else (user info, spaces, raw Unicode) matches no application.</summary>
internal static class HostText
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> LiteralCharacters = SearchValues.Create(".0123456789:ABCDEFabcdef");

    public static bool IsHost(ReadOnlySpan<char> text) =>
        text.StartsWith('[')
            ? text.Length > 2 && text[^1] == ']' && !text[1..^1].ContainsAnyExcept(LiteralCharacters)
            : IsName(text);

    public static bool IsName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] != '.' && text[^1] != '.' && !text.ContainsAnyExcept(NameCharacters) && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>True for <c>10.0.0.1</c>: a name whose last label is a number is an address (WHATWG URL), which no domain contains.</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> name) =>
        char.IsAsciiDigit(name[^1]) && !name[(name.LastIndexOf('.') + 1)..].ContainsAnyExceptInRange('0', '9');
}
