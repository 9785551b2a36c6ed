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

    public static string For(DemoPlaces places) => $$"""
        http:
          middlewares:
            sidecar:
              forwardAuth:
                address: {{places.Server}}outpost.goauthentik.io/auth/traefik
                trustForwardHeader: true
                authResponseHeadersRegex: '(?i)^x[^a-z0-9]authentik[^a-z0-9]'
          routers:
            sidecar:
              rule: "Host(`{{places.Auth.Host}}`) || (Host(`{{places.Sample.Host}}`) && PathPrefix(`/outpost.goauthentik.io/`))"
              service: sidecar
            whoami:
              rule: "Host(`{{places.Sample.Host}}`)"
              middlewares: [sidecar]
              service: whoami
          services:
            sidecar: { loadBalancer: { servers: [ { url: "{{places.Server}}" } ] } }
            whoami: { loadBalancer: { servers: [ { url: "{{places.SampleService}}" } ] } }
        """;
}
