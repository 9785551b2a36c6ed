using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edge.Labels;
using Sidecar.Demo.Edges;
using YamlDotNet.RepresentationModel;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>The README's forms for Traefik, read for its simulator.</summary>
internal static class TraefikForms
{
    private const string Annotation = "nginx.ingress.kubernetes.io/";
    private const string Prefix = "PathPrefix(`/outpost.goauthentik.io/`)";

    public static EdgeConfiguration Labels(Uri sidecar, Uri service, bool trusts) => EdgeLabels.Read(
        trusts ? Recipes.Fill("traefik-labels") : Recipes.Fill("traefik-labels", ("trustForwardHeader=true", "trustForwardHeader=false")),
        (container, _) => container == "sidecar" ? sidecar : service);

    /// <summary>The provider turns an Ingress with annotations and one without into these routers.</summary>
    public static EdgeConfiguration Ingress(Uri sidecar, Uri service)
    {
        var annotations = Annotations(Recipes.Fill("traefik-ingress", ("sidecar:9000", sidecar.Authority)));
        return new EdgeConfiguration
        {
            Middlewares =
            [
                new ForwardAuthOptions("auth", annotations["auth-url"]) { AuthResponseHeaders = annotations["auth-response-headers"].Split(',') },
            ],
            Services = [EdgeService.At("sidecar", sidecar), EdgeService.At("app", service)],
            Routers =
            [
                new EdgeRouter("auth", $"Host(`{Recipes.Auth}`) && !PathPrefix(`/outpost.goauthentik.io/auth/`)") { Service = "sidecar" },
                new EdgeRouter("app-sidecar", $"Host(`{Recipes.Service}`) && {Prefix} && !PathPrefix(`/outpost.goauthentik.io/auth/`)") { Service = "sidecar" },
                new EdgeRouter("app", $"Host(`{Recipes.Service}`)") { Service = "app", Middlewares = ["auth"] },
            ],
        };
    }

    private static Dictionary<string, string> Annotations(string yaml)
    {
        var stream = new YamlStream();
        using var text = new StringReader(yaml);
        stream.Load(text);
        return ((YamlMappingNode)stream.Documents[0].RootNode["metadata"]["annotations"]).ToDictionary(
            pair => pair.Key.ToString()[Annotation.Length..], pair => pair.Value.ToString());
    }
}
