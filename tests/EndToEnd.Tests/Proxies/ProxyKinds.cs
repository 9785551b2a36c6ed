using Sidecar.Demo.Edges;
using Sidecar.TestKit.Proxies;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>The proxies that the theories run over, each with its block of <c>src/Outpost/Proxies/README.md</c>.</summary>
internal static class ProxyKinds
{
    public static readonly string[] All = ["nginx", "caddy", "haproxy"];

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
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such proxy");
        }
    }

    private static async Task<RunningProxy> RunHaproxyAsync(Uri sidecar, Uri service)
    {
        var script = new TemporaryFile(Recipes.HaproxyScript());
        var server = await HaproxyServer.StartAsync(port => Recipes.Haproxy(port, sidecar, service, script.Path));
        return new RunningProxy(server.Port, server, script);
    }

    private static async Task<RunningProxy> RunAsync(Task<ProxyServer> starting)
    {
        var server = await starting;
        return new RunningProxy(server.Port, server);
    }
}
