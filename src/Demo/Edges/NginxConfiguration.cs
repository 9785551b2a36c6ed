using System.Globalization;
using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class NginxConfiguration
{
    public static string For(DemoPlaces places) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events { }
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            proxy_buffers 8 16k;
            proxy_buffer_size 32k;
            map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
            upstream sidecar { server {{places.Server.Authority}}; keepalive 64; }

            server {
                listen 127.0.0.1:{{places.EdgePort}};
                server_name {{places.Auth.Host}};
                location / {
                    proxy_pass http://sidecar;
                    {{Forwarded}}
                }
            }

            server {
                listen 127.0.0.1:{{places.EdgePort}};
                server_name {{places.Sample.Host}};

                location / {
                    auth_request /outpost.goauthentik.io/auth/nginx;
                    error_page 401 = @sign_in;
        {{Identity}}
                    proxy_pass http://{{places.SampleService.Authority}};
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                }

                location = /outpost.goauthentik.io/auth/nginx {
                    internal;
                    proxy_pass http://sidecar;
                    proxy_pass_request_body off;
                    proxy_set_header Content-Length "";
                    proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
                    proxy_set_header X-Original-Method $request_method;
                    {{Forwarded}}
                }

                location /outpost.goauthentik.io {
                    proxy_pass http://sidecar;
                    {{Forwarded}}
                }

                location @sign_in {
                    internal;
                    return 302 /outpost.goauthentik.io/start?rd=$request_uri;
                }
            }
        }

        """);

    private const string Forwarded = """
        proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Host $http_host;
                    proxy_set_header X-Forwarded-Proto $scheme;
        """;

    private static string Identity => string.Join('\n', IdentityHeaders.Names.Select(name =>
    {
        var variable = name.Replace('-', '_').ToLowerInvariant();
        return $"            auth_request_set ${variable} $upstream_http_{variable};\n            proxy_set_header {name} ${variable};";
    }));
}
