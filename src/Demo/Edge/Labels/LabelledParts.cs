namespace Sidecar.Demo.Edge.Labels;

/// <summary>Collects what the labels of each container say.</summary>
internal sealed class LabelledParts(Func<string, int, Uri> locate)
{
    private readonly List<EdgeRouter> _routers = [];
    private readonly List<EdgeService> _services = [];
    private readonly List<EdgeMiddlewareOptions> _middlewares = [];

    public void Add(string container, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var tree = LabelTree.Of(labels);
        if (tree.Has("traefik.enable") && tree.Text("traefik.enable") != "true")
        {
            return;
        }

        var services = tree.Names("traefik.http.services").ToList();
        _services.AddRange(services.Select(name => Service(tree, container, name)));
        _middlewares.AddRange(tree.Names("traefik.http.middlewares").Select(name => MiddlewareLabels.Read(tree, name, locate)));
        _routers.AddRange(tree.Names("traefik.http.routers").Select(name => RouterLabels.Read(tree, name, services)));
        tree.RefuseUnread();
    }

    public EdgeConfiguration ToConfiguration() => new() { Routers = _routers, Services = _services, Middlewares = _middlewares };

    private EdgeService Service(LabelTree tree, string container, string name)
    {
        var server = $"traefik.http.services.{name}.loadbalancer.server";
        var scheme = tree.Has($"{server}.scheme") ? tree.Text($"{server}.scheme") : "http";
        var port = tree.Number($"{server}.port", scheme == "https" ? 443 : 80);
        return EdgeService.At(name, new UriBuilder(locate(container, port)) { Scheme = scheme }.Uri);
    }
}
