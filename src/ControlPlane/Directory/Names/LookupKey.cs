using System.Text;

namespace Sidecar.ControlPlane.Directory.Names;

/// <summary>
/// The form in which names are compared: what only its encoding, its width, its case or invisible characters tell apart is equal. Two texts have one key exactly when their
/// <c>toNFKC_Casefold</c> is one (Unicode 16.0, 3.13.3); the key itself is taken apart and not put together again, which comparing does not need.
/// <para>
/// By tables of our own: the programs run without ICU, where .NET leaves text that is not ASCII as it is. And keys are stored, so they must not change with the machine.
/// </para>
/// </summary>
internal static class LookupKey
{
    /// <summary>To be raised when keys come out otherwise; see <see cref="NameKeys"/>.</summary>
    public const int Version = 1;

    /// <summary>Longest key that an index takes: in UTF-16 units.</summary>
    public const int MaxLength = 600;

    public static string Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return Ascii.IsValid(trimmed) ? OfAscii(trimmed) : OfAny(trimmed);
    }

    private static string OfAscii(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (key, text) => Ascii.ToLower(text, key, out _));

    private static string OfAny(ReadOnlySpan<char> text)
    {
        var parts = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            NameTables.Decompose(rune.Value, parts);
        }

        NameTables.Order(parts);
        var folded = new List<int>(parts.Count);
        foreach (var part in parts)
        {
            NameTables.Fold(part, folded);
        }

        NameTables.Order(folded);
        var key = new StringBuilder(folded.Count);
        foreach (var part in folded)
        {
            key.Append(new Rune(part));
        }

        // What was invisible may have hidden a space.
        return key.ToString().Trim();
    }
}
