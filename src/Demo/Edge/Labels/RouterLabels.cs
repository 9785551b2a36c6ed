using Sidecar.Demo.Edge.Rules;

namespace Sidecar.Demo.Edge.Labels;

internal static class RouterLabels
{
    public static EdgeRouter Read(LabelTree tree, string name, IReadOnlyList<string> services)
    {
        var at = $"traefik.http.routers.{name}.";
        tree.Ignore(at + "tls");
        return new EdgeRouter(name, tree.Has(at + "rule") ? tree.Text(at + "rule") : throw new EdgeConfigurationException($"router {name} has no rule"))
        {
            Service = Service(tree, at, name, services),
            Middlewares = tree.List(at + "middlewares"),
            Priority = tree.Number(at + "priority", 0),
            EntryPoints = tree.List(at + "entrypoints"),
            ParentRefs = tree.List(at + "parentrefs"),
            RuleSyntax = Syntax(tree, at + "rulesyntax"),
        };
    }

    // A container with one service need not name it.
    private static string Service(LabelTree tree, string at, string name, IReadOnlyList<string> services) =>
        tree.Text(at + "service") is { Length: > 0 } given ? given
        : services is [var only] ? only
        : throw new EdgeConfigurationException($"router {name} must name one of the container's {services.Count} services");

    private static RuleSyntax? Syntax(LabelTree tree, string key) => tree.Text(key) switch
    {
        "" or "default" => null,
        "v2" => RuleSyntax.V2,
        "v3" => RuleSyntax.V3,
        var other => throw new EdgeConfigurationException($"label {key} must be v2 or v3, not {other}"),
    };
}
