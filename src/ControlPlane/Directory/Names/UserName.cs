namespace Sidecar.ControlPlane.Directory.Names;

/// <summary>What a user may be called, so that no name passes for another one.</summary>
internal static class UserName
{
    public const int MaxLength = 150;

    // Scripts whose letters are taken for one another: a word of one of them is a word, one of two is a trick. Other scripts stand beside any.
    private static readonly (string Script, (char First, char Last)[] Letters)[] Alike =
    [
        ("Latin", [('A', 'Z'), ('a', 'z'), ('\u00C0', '\u024F'), ('\u1E00', '\u1EFF')]),
        ("Greek", [('\u0370', '\u03FF'), ('\u1F00', '\u1FFF')]),
        ("Cyrillic", [('\u0400', '\u052F')]),
        ("Armenian", [('\u0531', '\u0587')]),
        ("Cherokee", [('\u13A0', '\u13FD')]),
    ];

    /// <summary>What is wrong with <paramref name="name"/>, in words for the person who typed it; null: nothing.</summary>
    public static string? ProblemOf(string name) =>
        name.Length > MaxLength ? $"At most {MaxLength} characters are allowed." : ProblemOf(name, LookupKey.Of(name));

    private static string? ProblemOf(string name, string key) =>
        key.Length == 0 ? "A user name needs a character that can be seen."
        : key.Length > LookupKey.MaxLength ? "This name is too long once its characters are taken apart. Choose a shorter one."
        : name.Any(char.IsControl) ? "Control characters and line breaks are not allowed."
        : ScriptsOf(key) is [var one, var other, ..] ? $"{one} and {other} letters in one name can be taken for those of another name. Use letters of one script."
        : null;

    // Of the key, so that wide and styled letters count as what they look like.
    private static List<string> ScriptsOf(string key) =>
        [.. Alike.Where(script => key.Any(letter => script.Letters.Any(range => letter >= range.First && letter <= range.Last))).Select(script => script.Script)];
}
