using Sidecar.Decisions.Paths;

namespace Sidecar.Decisions;

/// <summary>What the path alone adds to a decision.</summary>
internal static class PathVerdicts
{
    /// <summary>
    /// Refused to everybody, signed in or not. The other faults only keep a path from being public: they occur in honest requests (<c>%2F</c> in the
    /// addresses of Git forges), and without a path rule that takes something away they cannot widen access.
    /// </summary>
    public static bool IsRefused(PathFault fault, out Decision refusal)
    {
        refusal = new Decision(Verdict.Deny, fault == PathFault.DotSegment ? Reason.AmbiguousPath : Reason.BadPath);
        return fault >= PathFault.NotAbsolute;
    }

    /// <summary>The decision without the path, unless the path is public in both readings. Public in one of them: refused.</summary>
    public static Decision OrPublic(Decision decision, PathRules rules, ReadOnlySpan<char> rawPath, PathFault fault)
    {
        if (rules.IsEmpty || fault != PathFault.None)
        {
            return decision;
        }

        if (!rawPath.Contains('%') && !rawPath.Contains("//", StringComparison.Ordinal))
        {
            return rules.Matches(rawPath) ? new Decision(Verdict.Allow, Reason.PublicPath) : decision;
        }

        return InBothReadings(decision, rules, rawPath);
    }

    private static Decision InBothReadings(Decision decision, PathRules rules, ReadOnlySpan<char> rawPath)
    {
        Span<char> buffer = stackalloc char[rawPath.Length];
        var normalized = rules.Matches(buffer[..PathReadings.Normalized(rawPath, buffer)]);
        var literal = rules.Matches(buffer[..PathReadings.Literal(rawPath, buffer)]);
        return normalized != literal ? new Decision(Verdict.Deny, Reason.AmbiguousPath)
            : normalized ? new Decision(Verdict.Allow, Reason.PublicPath)
            : decision;
    }
}
