using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class CaddyConfiguration
{
    public static string For(DemoPlaces places) => $$"""
        {
            admin off
            auto_https off
        }

        {{Recipes.Caddy(places.EdgePort, places.Server, places.SampleService)
            .Replace(Recipes.Auth, places.Auth.Host, StringComparison.Ordinal)
            .Replace(Recipes.Service, places.Sample.Host, StringComparison.Ordinal)}}
        """;
}
