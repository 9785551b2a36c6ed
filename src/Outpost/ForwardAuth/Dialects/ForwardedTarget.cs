using System.Buffers;
using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>Checks that a text can be the path and query of one request.</summary>
internal static class ForwardedTarget
{
    // Blanks and controls are in no request target; a fragment is never sent, so whoever sends one means to confuse somebody.
    private static readonly SearchValues<char> Foreign = SearchValues.Create(
        "#\u007f" + string.Concat(Enumerable.Range(0, 0x21).Select(c => (char)c)));

    public static Reason Check(ReadOnlySpan<char> target)
    {
        if (target.IsEmpty || target[0] != '/')
        {
            return Reason.BadPath;
        }

        var foreign = target.IndexOfAny(Foreign);
        if (foreign >= 0)
        {
            return target[foreign] is ' ' or '\t' ? Reason.AmbiguousForwardedHeaders : Reason.BadPath;
        }

        // Two headers joined into one, as some proxies do (CVE-2026-40575). A comma alone is an ordinary character of a path.
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        return path.Contains(",/", StringComparison.Ordinal) ? Reason.AmbiguousForwardedHeaders : Reason.Unset;
    }
}
