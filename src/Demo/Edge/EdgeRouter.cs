using Sidecar.Demo.Edge.Rules;

namespace Sidecar.Demo.Edge;

/// <summary>A rule and where it leads, as in Traefik's dynamic configuration.</summary>
public sealed record EdgeRouter(string Name, string Rule)
{
    /// <summary>Absent only on a router that has routers below it.</summary>
    public string? Service { get; init; }

    public IReadOnlyList<string> Middlewares { get; init; } = [];

    /// <summary>Not set or 0: the length of the rule.</summary>
    public int Priority { get; init; }

    public RuleSyntax? RuleSyntax { get; init; }

    /// <summary>Routers that must match first, with their middlewares run (v3.6).</summary>
    public IReadOnlyList<string> ParentRefs { get; init; } = [];

    /// <summary>Empty: every entry point.</summary>
    public IReadOnlyList<string> EntryPoints { get; init; } = [];
}
