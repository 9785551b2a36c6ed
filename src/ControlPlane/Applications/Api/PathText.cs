using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>Unauthenticated paths are read at save by the very reader that an outpost uses.</summary>
internal static class PathText
{
    /// <summary>Null: nothing is wrong. Otherwise with line and position.</summary>
    public static string? ProblemOf(string paths) => PathRules.TryParse(paths, out _, out var problem) ? null : problem;
}
