using System.Globalization;
using Sidecar.Demo.Command;

namespace Sidecar.Demo.Edges;

internal static class TraefikConfiguration
{
    public static IReadOnlyList<string> Arguments(DemoPlaces places, string file) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--entryPoints.web.address=127.0.0.1:{places.EdgePort}"),
        $"--providers.file.filename={file}",
        "--global.checkNewVersion=false",
        "--global.sendAnonymousUsage=false",
    ];

    public static string For(DemoPlaces places) => Recipes
        .Fill("traefik-file", ("sidecar:9000", places.Server.Authority), ("app:8080", places.SampleService.Authority))
        .Replace(Recipes.Auth, places.Auth.Host, StringComparison.Ordinal)
        .Replace(Recipes.Service, places.Sample.Host, StringComparison.Ordinal);
}
