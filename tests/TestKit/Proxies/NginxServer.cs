using Sidecar.Demo.Processes;

namespace Sidecar.TestKit.Proxies;

/// <summary>The real nginx.</summary>
public static class NginxServer
{
    public static bool IsInstalled => PathSearch.Find("nginx") is not null;

    /// <param name="http">What stands in the http block, for the port to listen on.</param>
    public static Task<ProxyServer> StartAsync(Func<int, string> http) => ProxyServer.StartAsync(
        port => $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr info;
            events { }
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                {{http(port)}}
            }
            """,
        (folder, file) => new ChildCommand(ProxyServer.Program("nginx"), "-p", folder, "-e", "stderr", "-c", file));
}
