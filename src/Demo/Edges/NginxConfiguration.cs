using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class NginxConfiguration
{
    public static string For(DemoPlaces places) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events { }
        http {
        access_log off;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;

        {{Sites(places)}}
        }

        """;

    // The demo's external host names its port, and nginx's server_name has none.
    private static string Sites(DemoPlaces places) => Recipes.Nginx(places.EdgePort, places.Server, places.SampleService)
        .Replace(Recipes.Auth, places.Auth.Host, StringComparison.Ordinal)
        .Replace(Recipes.Service, places.Sample.Host, StringComparison.Ordinal)
        .Replace("$server_name", "$server_name:$server_port", StringComparison.Ordinal);
}
