using System.Buffers;

namespace Sidecar.Decisions.Paths;

/// <summary>Finds what a path cannot be normalised for.</summary>
internal static class PathInspection
{
    // Printable ASCII that every reader takes as itself. Brackets, pipes and quotes are not URI characters, but browsers send them.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "!\"$&'()*+,-./0123456789:<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static PathFault FaultOf(ReadOnlySpan<char> raw)
    {
        if (!raw.StartsWith('/'))
        {
            return PathFault.NotAbsolute;
        }

        // Nearly every request: a vectorised scan for each of the two, and nothing else.
        return !raw.ContainsAnyExcept(Plain) && !raw.Contains("/.", StringComparison.Ordinal) && raw.Length <= PathNormalizer.MaxLength
            ? PathFault.None
            : Slowly(raw);
    }

    private static PathFault Slowly(ReadOnlySpan<char> raw)
    {
        var worst = raw.Length > PathNormalizer.MaxLength ? PathFault.TooLong : PathFault.None;
        var segment = new DotSegments();
        while (!raw.IsEmpty)
        {
            var next = PathCharacter.ReadFirst(raw);
            worst = Max(worst, next.Fault);
            if (segment.EndsAt(next.Value.Value))
            {
                worst = Max(worst, PathFault.DotSegment);
            }

            raw = raw[next.RawLength..];
        }

        return segment.EndsAt('/') ? Max(worst, PathFault.DotSegment) : worst;
    }

    private static PathFault Max(PathFault one, PathFault other) => one > other ? one : other;
}
