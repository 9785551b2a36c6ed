using Sidecar.Demo.Processes;

namespace Sidecar.TestKit.Proxies;

/// <summary>The real Caddy.</summary>
public static class CaddyServer
{
    public static bool IsInstalled => PathSearch.Find("caddy") is not null;

    /// <param name="sites">The site blocks, for the port to listen on; the global options are there already.</param>
    public static Task<ProxyServer> StartAsync(Func<int, string> sites) => ProxyServer.StartAsync(
        port => $$"""
            {
                admin off
                auto_https off
            }
            {{sites(port)}}

            """,
        (folder, file) => new ChildCommand(ProxyServer.Program("caddy"), "run", "--adapter", "caddyfile", "--config", file)
        {
            Environment = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder },
        });
}
