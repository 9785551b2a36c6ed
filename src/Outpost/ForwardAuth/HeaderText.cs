using System.Buffers;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Makes text fit for a header value: no control character leaves in one, whatever a directory holds.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        "\u007f" + string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)));

    /// <summary>The text itself when there is nothing to remove.</summary>
    public static string Clean(string text) =>
        text.AsSpan().ContainsAny(Controls) || HasEdges(text) ? string.Concat(text.Where(c => c >= ' ' && c != '\u007f')).Trim() : text;

    /// <summary>Whether a name can stand in a list joined by <c>|</c> without forging another member of it.</summary>
    public static bool CanBeListed(string name) =>
        name.Length > 0 && !name.Contains('|', StringComparison.Ordinal) && !name.AsSpan().ContainsAny(Controls);

    private static bool HasEdges(string text) => text.Length > 0 && (text[0] == ' ' || text[^1] == ' ');
}
