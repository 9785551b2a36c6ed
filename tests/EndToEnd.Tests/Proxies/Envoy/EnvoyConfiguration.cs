using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Sidecar.EndToEnd.Tests.Proxies.Envoy;

/// <summary>What the simulator needs of Envoy's static configuration. What it does not know there it does not do; a key that it needs and misses throws.</summary>
internal sealed class EnvoyConfiguration
{
    private readonly Dictionary<string, IReadOnlyList<EnvoyRoute>> _hosts = [];

    private EnvoyConfiguration(YamlNode manager)
    {
        var check = manager["http_filters"][0]["typed_config"];
        var service = check["http_service"];
        PathPrefix = service["path_prefix"].ToString();
        ToCheck = new HeaderPatterns(check["allowed_headers"]);
        ToService = new HeaderPatterns(service["authorization_response"]["allowed_upstream_headers"]);
        foreach (var host in (YamlSequenceNode)manager["route_config"]["virtual_hosts"])
        {
            var isChecked = !Disables(host);
            var routes = ((YamlSequenceNode)host["routes"]).Select(route => Route(route, isChecked)).ToList();
            foreach (var domain in (YamlSequenceNode)host["domains"])
            {
                _hosts[domain.ToString()] = routes;
            }
        }
    }

    public string PathPrefix { get; }

    public HeaderPatterns ToCheck { get; }

    public HeaderPatterns ToService { get; }

    public static EnvoyConfiguration Read(string yaml)
    {
        var stream = new YamlStream();
        using var text = new StringReader(yaml);
        stream.Load(text);
        return new EnvoyConfiguration(stream.Documents[0].RootNode["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]);
    }

    public EnvoyRoute? Find(string host, string path) =>
        _hosts.GetValueOrDefault(host.ToLowerInvariant())?.FirstOrDefault(route => path.StartsWith(route.Prefix, StringComparison.Ordinal));

    private static EnvoyRoute Route(YamlNode route, bool isChecked)
    {
        var members = ((YamlMappingNode)route).Children;
        var cluster = members.TryGetValue("route", out var target) ? target["cluster"].ToString() : null;
        var status = cluster is null ? int.Parse(route["direct_response"]["status"].ToString(), CultureInfo.InvariantCulture) : 0;
        return new EnvoyRoute(route["match"]["prefix"].ToString(), cluster, status, isChecked && !Disables(route));
    }

    private static bool Disables(YamlNode node) =>
        ((YamlMappingNode)node).Children.TryGetValue("typed_per_filter_config", out var filters)
        && filters["envoy.filters.http.ext_authz"]["disabled"].ToString() == "true";
}
