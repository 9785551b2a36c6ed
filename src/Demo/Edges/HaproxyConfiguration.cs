using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class HaproxyConfiguration
{
    /// <param name="script">Where <see cref="Recipes.HaproxyScript"/> lies.</param>
    public static string For(DemoPlaces places, string script) => $"""
        global
            log stderr format raw local0 notice
        defaults
            log global
            timeout connect 5s
            timeout client 1h
            timeout server 1h

        {Sections(places, script)}
        """;

    // The demo's external host names its port; what is compared with the request's host has none.
    private static string Sections(DemoPlaces places, string script) => Recipes.Haproxy(places.EdgePort, places.Server, places.SampleService, script)
        .Replace(Recipes.Auth, places.Auth.Host, StringComparison.Ordinal)
        .Replace($"{places.Server.Authority} {Recipes.Service}", $"{places.Server.Authority} {places.Sample.Authority}", StringComparison.Ordinal)
        .Replace(Recipes.Service, places.Sample.Host, StringComparison.Ordinal);
}
