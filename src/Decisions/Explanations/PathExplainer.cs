using Sidecar.Decisions.Paths;

namespace Sidecar.Decisions.Explanations;

/// <summary>How a path is read, and which rules match it.</summary>
internal static class PathExplainer
{
    public static ExplanationStep.Path Read(string rawPath)
    {
        var fault = PathNormalizer.Inspect(rawPath);
        if (fault != PathFault.None)
        {
            return new ExplanationStep.Path(fault, null, null);
        }

        Span<char> buffer = stackalloc char[rawPath.Length];
        var normalized = new string(buffer[..PathReadings.Normalized(rawPath, buffer)]);
        return new ExplanationStep.Path(fault, normalized, new string(buffer[..PathReadings.Literal(rawPath, buffer)]));
    }

    public static IEnumerable<ExplanationStep> Rules(CompiledApplication application, ExplanationStep.Path path) =>
        path is not { Normalized: { } normalized, Literal: { } literal }
            ? []
            : application.PublicPaths.Rules.Select(
                rule => new ExplanationStep.PublicPath(rule.Expression, rule.Matches(normalized), rule.Matches(literal)));
}
