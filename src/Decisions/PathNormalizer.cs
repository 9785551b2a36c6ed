using Sidecar.Decisions.Paths;

namespace Sidecar.Decisions;

/// <summary>
/// The one reading of a path that decisions are made on: percent-decoded once, doubled slashes joined. Whatever else could be read in two ways is a
/// <see cref="PathFault"/>, not repaired: a repair here would not be a repair in the proxy or in the application.
/// </summary>
public static class PathNormalizer
{
    /// <summary>A longer path is never public. It bounds the stack and the work that a request can cost.</summary>
    public const int MaxLength = 2048;

    /// <summary>Whether the path can be normalised. Allocates nothing.</summary>
    public static PathFault Inspect(ReadOnlySpan<char> rawPath) => PathInspection.FaultOf(rawPath);

    /// <summary>True when the raw path is its own normalised form.</summary>
    public static bool IsNormalized(ReadOnlySpan<char> rawPath) =>
        Inspect(rawPath) == PathFault.None && !rawPath.Contains('%') && !rawPath.Contains("//", StringComparison.Ordinal);

    /// <summary>The normalised path; never longer than the raw one. Allocates nothing.</summary>
    public static PathFault Normalize(ReadOnlySpan<char> rawPath, Span<char> destination, out int written)
    {
        written = 0;
        var fault = Inspect(rawPath);
        if (fault == PathFault.None)
        {
            written = PathReadings.Normalized(rawPath, destination);
        }

        return fault;
    }
}
