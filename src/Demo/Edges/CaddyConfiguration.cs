using System.Globalization;
using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class CaddyConfiguration
{
    // A client could name an identity header in its Connection header and Caddy would remove it on the way to the service:
    // that header goes first, except where it asks for a WebSocket.
    public static string For(DemoPlaces places) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
            admin off
            auto_https off
        }

        http://{{places.Auth.Authority}} {
            bind 127.0.0.1
            reverse_proxy {{places.Server.Authority}}
        }

        http://{{places.Sample.Authority}} {
            bind 127.0.0.1
            route {
                reverse_proxy /outpost.goauthentik.io/* {{places.Server.Authority}}
                @plain not header Upgrade *
                request_header @plain -Connection
                forward_auth {{places.Server.Authority}} {
                    uri /outpost.goauthentik.io/auth/caddy
                    copy_headers {{string.Join(' ', IdentityHeaders.Names)}}
                }
                reverse_proxy {{places.SampleService.Authority}}
            }
        }

        """);
}
