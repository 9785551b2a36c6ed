using Sidecar.Demo.Command;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;

namespace Sidecar.Demo.Edges;

/// <summary>The routers and the middleware that README recommends, for the built-in edge.</summary>
internal static class BuiltInEdge
{
    public static EdgeOptions Options(DemoPlaces places) => new()
    {
        HttpPort = places.EdgePort,
        Configuration = new EdgeConfiguration
        {
            Middlewares = [Middleware(places)],
            Services = [EdgeService.At("sidecar", places.Server), EdgeService.At("whoami", places.SampleService)],
            Routers =
            [
                new EdgeRouter("sidecar", $"Host(`{places.Auth.Host}`) || HostRegexp(`^[a-z0-9-]+\\.sidecar\\.localhost$`) && PathPrefix(`/outpost.goauthentik.io/`)") { Service = "sidecar" },
                new EdgeRouter("whoami", $"Host(`{places.Sample.Host}`)") { Service = "whoami", Middlewares = ["sidecar"] },
            ],
        },
    };

    private static ForwardAuthOptions Middleware(DemoPlaces places) => new("sidecar", new Uri(places.Server, "outpost.goauthentik.io/auth/traefik").AbsoluteUri)
    {
        // Whatever a client says about itself was removed at the entry point: what is left is true.
        TrustForwardHeader = true,
        MaxResponseBodySize = 65_536,
        AuthResponseHeadersRegex = "(?i)^x[^a-z0-9]authentik[^a-z0-9]",
    };
}
