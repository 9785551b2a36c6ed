using Sidecar.TestKit.Proxies;

namespace Sidecar.Demo.Tests.Proxies;

public sealed class ProxyServerTests
{
    [Fact]
    public async Task Nginx_runs_the_configuration_of_a_test()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, "no nginx on this machine");
        await using var proxy = await NginxServer.StartAsync(port => $"server {{ listen 127.0.0.1:{port}; return 200 nginx; }}");

        Assert.Equal("nginx", await GetAsync(proxy));
    }

    [Fact]
    public async Task Caddy_runs_the_configuration_of_a_test()
    {
        Assert.SkipUnless(CaddyServer.IsInstalled, "no caddy on this machine");
        await using var proxy = await CaddyServer.StartAsync(port => $"http://127.0.0.1:{port} {{\n    respond caddy\n}}");

        Assert.Equal("caddy", await GetAsync(proxy));
    }

    [Fact]
    public async Task Haproxy_runs_the_configuration_of_a_test()
    {
        Assert.SkipUnless(HaproxyServer.IsInstalled, "no haproxy on this machine");
        await using var proxy = await HaproxyServer.StartAsync(port =>
            $"frontend web\n    bind 127.0.0.1:{port}\n    http-request return status 200 content-type text/plain string haproxy");

        Assert.Equal("haproxy", await GetAsync(proxy));
    }

    private static async Task<string> GetAsync(ProxyServer proxy)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(proxy.Address, TestContext.Current.CancellationToken);
    }
}
