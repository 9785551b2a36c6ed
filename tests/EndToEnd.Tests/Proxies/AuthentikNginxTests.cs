using System.Net;
using Sidecar.TestKit.Proxies;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>nginx as it was set up for authentik, whose administrators change nothing but the address of the outpost.</summary>
[Trait("Kind", "Slow")]
public sealed class AuthentikNginxTests(ProxiedSite site)
{
    [Fact]
    public async Task A_browser_signs_in_and_is_back_where_it_wanted_to_be()
    {
        var wanted = new Uri(ProxiedSite.Service, "/json?x=1&y=2");
        await using var proxy = await StartAsync();
        using var browser = proxy.OpenBrowser();

        var page = await RunningProxy.SignInAsync(browser, wanted);

        Assert.True(page.Status == HttpStatusCode.OK && page.Address == wanted, page.ToString());
        Assert.Equal(ProxiedSite.Member, SeenByService.Read(page.Text).Header("X-authentik-username"));
    }

    [Fact]
    public async Task A_request_line_and_a_host_header_that_differ_open_nothing()
    {
        await using var proxy = await StartAsync();

        var answer = await proxy.SendAsync("GET http://app.example.com/json HTTP/1.1", ticket: null, "Host: open.example.com");

        Assert.Equal(403, answer.Status);
    }

    private async Task<RunningProxy> StartAsync()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, "no nginx on this machine");
        var (sidecar, service) = await site.PlacesAsync();
        var server = await NginxServer.StartAsync(port => $$"""
            proxy_buffers 8 16k;
            proxy_buffer_size 32k;
            server { listen 127.0.0.1:{{port}}; server_name auth.example.com; location / { proxy_pass {{sidecar}}; proxy_set_header Host $http_host; } }
            server {
                listen 127.0.0.1:{{port}};
                server_name app.example.com;
                location / {
                    proxy_pass {{service}};
                    auth_request /outpost.goauthentik.io/auth/nginx;
                    error_page 401 = @goauthentik_proxy_signin;
                    auth_request_set $auth_cookie $upstream_http_set_cookie;
                    add_header Set-Cookie $auth_cookie;
                    auth_request_set $authentik_username $upstream_http_x_authentik_username;
                    proxy_set_header X-authentik-username $authentik_username;
                }
                location /outpost.goauthentik.io {
                    proxy_pass {{sidecar}}outpost.goauthentik.io;
                    proxy_set_header Host $host;
                    proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
                    add_header Set-Cookie $auth_cookie;
                    auth_request_set $auth_cookie $upstream_http_set_cookie;
                    proxy_pass_request_body off;
                    proxy_set_header Content-Length "";
                }
                location @goauthentik_proxy_signin {
                    internal;
                    add_header Set-Cookie $auth_cookie;
                    return 302 /outpost.goauthentik.io/start?rd=$request_uri;
                }
            }
            """);
        return new RunningProxy(server.Port, server);
    }
}
