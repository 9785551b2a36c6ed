using Sidecar.Demo.Edge;
using Sidecar.Demo.Edges;
using Sidecar.EndToEnd.Tests.Proxies.Envoy;
using Sidecar.TestKit.Proxies;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>The proxies that the theories run over, each with its block of <c>src/Outpost/Proxies/README.md</c>.</summary>
internal static class ProxyKinds
{
    private const string Distrusting = " trustForwardHeader=false";

    /// <summary>The proxies themselves; a word after "traefik" is the release that its simulator follows.</summary>
    public static readonly string[] All =
    [
        "nginx", "caddy", "haproxy", "envoy",
        "traefik V2_10", "traefik V2_11_42", "traefik V2_11_53", "traefik V3_0", "traefik V3_3", "traefik V3_6_13", "traefik V3_7_9",
        "traefik V2_11_42" + Distrusting, "traefik V2_11_53" + Distrusting, "traefik V3_6_13" + Distrusting, "traefik V3_7_9" + Distrusting,
        "traefik IngressNginx",
    ];

    /// <param name="kind">One of <see cref="All"/>; skips the test when this machine does not have that proxy.</param>
    /// <param name="sidecar">Where the outpost listens.</param>
    /// <param name="service">Where the protected service listens.</param>
    public static Task<RunningProxy> StartAsync(string kind, Uri sidecar, Uri service)
    {
        switch (kind)
        {
            case "nginx":
                Assert.SkipUnless(NginxServer.IsInstalled, "no nginx on this machine");
                return RunAsync(NginxServer.StartAsync(port => Recipes.Nginx(port, sidecar, service)));
            case "caddy":
                Assert.SkipUnless(CaddyServer.IsInstalled, "no caddy on this machine");
                return RunAsync(CaddyServer.StartAsync(port => Recipes.Caddy(port, sidecar, service)));
            case "haproxy":
                Assert.SkipUnless(HaproxyServer.IsInstalled, "no haproxy on this machine");
                return RunHaproxyAsync(sidecar, service);
            case "envoy":
                return RunEnvoyAsync(sidecar, service);
            case "traefik IngressNginx":
                return RunTraefikAsync(new EdgeOptions { Profile = TraefikProfile.IngressNginx, Configuration = TraefikForms.Ingress(sidecar, service) });
            default:
                var profile = Enum.Parse<TraefikProfile>(kind.Split(' ')[1]);
                var configuration = TraefikForms.Labels(sidecar, service, trusts: !kind.EndsWith(Distrusting, StringComparison.Ordinal));
                return RunTraefikAsync(new EdgeOptions { Profile = profile, Configuration = configuration });
        }
    }

    private static async Task<RunningProxy> RunHaproxyAsync(Uri sidecar, Uri service)
    {
        var script = new TemporaryFile(Recipes.HaproxyScript());
        var server = await HaproxyServer.StartAsync(port => Recipes.Haproxy(port, sidecar, service, script.Path));
        return new RunningProxy(server.Port, server, script);
    }

    private static async Task<RunningProxy> RunEnvoyAsync(Uri sidecar, Uri service)
    {
        var server = await EnvoyServer.StartAsync(Recipes.Fill("envoy"), sidecar, service);
        return new RunningProxy(server.Port, server);
    }

    private static async Task<RunningProxy> RunTraefikAsync(EdgeOptions options)
    {
        var server = await EdgeServer.StartAsync(options);
        return new RunningProxy(server.HttpAddress.Port, server);
    }

    private static async Task<RunningProxy> RunAsync(Task<ProxyServer> starting)
    {
        var server = await starting;
        return new RunningProxy(server.Port, server);
    }
}
