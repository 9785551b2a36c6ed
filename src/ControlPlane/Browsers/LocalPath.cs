namespace Sidecar.ControlPlane.Browsers;

/// <summary>The only kind of address that <c>next</c> may hold: a path of this very server.</summary>
internal static class LocalPath
{
    private const int MaxLength = 8192;

    /// <summary>The path, or null when a browser could read it as another host.</summary>
    public static string? Check(string? text)
    {
        // Browsers take a backslash for a slash and drop tabs and line breaks inside an address: "/\t/evil" is "//evil" to them.
        if (text is not ['/', ..] or { Length: > MaxLength } || text is ['/', '/' or '\\', ..])
        {
            return null;
        }

        foreach (var character in text)
        {
            if (character is < (char)0x21 or > (char)0x7e or '\\')
            {
                return null;
            }
        }

        return LeavesTheServer(text) ? null : text;
    }

    // "/.//evil" and "/a/..//evil" become "//evil" once dot segments are gone: harmless to browsers that resolve a path, not to a
    // server that normalises and redirects. There is no need for either.
    private static bool LeavesTheServer(string text)
    {
        var path = text.AsSpan(0, text.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : text.Length);
        return path.Contains("//", StringComparison.Ordinal) || path.Contains("/./", StringComparison.Ordinal) || path.Contains("/../", StringComparison.Ordinal)
            || path.EndsWith("/.", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal)
            || path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase);
    }
}
