using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Finds a request header that some application would read as one of the identity headers: CGI-like environments fold every character that is not a letter or
/// digit to <c>_</c>, so <c>X.authentik_username</c> arrives there as the real one (CVE-2026-54763, CVE-2026-88011).
/// </summary>
internal static class SpoofGuard
{
    private const string FoldedPrefix = "x_authentik_";

    private static readonly string[] FoldedRests = [.. IdentityHeaders.All.Select(name => Fold(name)[FoldedPrefix.Length..])];

    /// <summary>Allocates nothing.</summary>
    /// <param name="headers">Of the request that is asked about.</param>
    /// <param name="rule">What becomes of the identity headers' own names. Another spelling is always refused: no proxy has a reason to send one, and what
    /// replaces an identity header behind the check leaves its aliases where they are.</param>
    /// <param name="ignored">The first name that was let pass, as the client wrote it, or null.</param>
    /// <returns>The name to refuse, as the client wrote it, or null.</returns>
    public static string? Find(in RequestHeaders headers, IdentityHeaderRule rule, out string? ignored)
    {
        ignored = null;
        foreach (ref readonly var header in headers.All)
        {
            if (!IsTwin(header.Key))
            {
                continue;
            }

            if (rule != IdentityHeaderRule.Ignore || IsAlias(header.Key))
            {
                return header.Key;
            }

            ignored ??= header.Key;
        }

        return null;
    }

    /// <summary>Whether the name folds to an identity header's.</summary>
    public static bool IsTwin(ReadOnlySpan<char> name)
    {
        if (name.Length <= FoldedPrefix.Length || !FoldsTo(name[..FoldedPrefix.Length], FoldedPrefix))
        {
            return false;
        }

        var rest = name[FoldedPrefix.Length..];
        foreach (var folded in FoldedRests)
        {
            if (rest.Length == folded.Length && FoldsTo(rest, folded))
            {
                return true;
            }
        }

        return false;
    }

    // Of a twin: case does not count in a header's name, and the only other character in an identity header's is a hyphen.
    private static bool IsAlias(ReadOnlySpan<char> twin)
    {
        foreach (var c in twin)
        {
            if (c != '-' && !char.IsAsciiLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool FoldsTo(ReadOnlySpan<char> name, string folded)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (Fold(name[i]) != folded[i])
            {
                return false;
            }
        }

        return true;
    }

    private static char Fold(char c) =>
        char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '_';

    private static string Fold(string name) => string.Create(name.Length, name, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Fold(text[i]);
        }
    });
}
