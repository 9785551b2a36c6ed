using Sidecar.Demo.Processes;

namespace Sidecar.TestKit.Proxies;

/// <summary>The real HAProxy.</summary>
public static class HaproxyServer
{
    public static bool IsInstalled => PathSearch.Find("haproxy") is not null;

    /// <param name="sections">Sections for the port to listen on; a global and a defaults section are there already.</param>
    public static Task<ProxyServer> StartAsync(Func<int, string> sections) => ProxyServer.StartAsync(
        port => $"""
            global
                log stderr format raw local0 info
            defaults
                mode http
                log global
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            {sections(port)}

            """,
        (_, file) => new ChildCommand(ProxyServer.Program("haproxy"), "-db", "-f", file));
}
