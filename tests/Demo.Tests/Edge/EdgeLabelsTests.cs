using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edge.Labels;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge;

public sealed class EdgeLabelsTests
{
    private static readonly string Compose = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Edge/Compose/authentik.yml"));

    [Fact]
    public void The_labels_of_the_article_are_read_as_Traefik_reads_them()
    {
        var configuration = EdgeLabels.Read(Compose, (name, port) => new Uri($"http://{name}.where:{port}/"));

        Assert.Equal(["authentik", "whoami"], configuration.Routers.Select(router => router.Name));
        Assert.Equal(["http://authentik-proxy.where:9000/", "http://whoami.where/"], configuration.Services.Select(service => service.Address!.AbsoluteUri));
        Assert.Equal(("whoami", "authentik@docker"), (configuration.Routers[1].Service, Assert.Single(configuration.Routers[1].Middlewares)));
        var forward = Assert.IsType<ForwardAuthOptions>(Assert.Single(configuration.Middlewares));
        Assert.Equal("http://authentik-proxy.where:9000/outpost.goauthentik.io/auth/traefik", forward.Address);
        Assert.True(forward.TrustForwardHeader);
        Assert.Equal(11, forward.AuthResponseHeaders.Count);
    }

    [Theory]
    [InlineData(TraefikProfile.V2_10)]
    [InlineData(TraefikProfile.V2_11_53)]
    public async Task The_labels_of_the_article_lead_to_sign_in_and_to_the_service(TraefikProfile profile)
    {
        await using var server = await StubAuth.StartAsync(http =>
        {
            http.Response.Headers["X-authentik-username"] = "ana";
            return Task.CompletedTask;
        });
        await using var whoami = await StubAuth.StartAsync();
        var configuration = EdgeLabels.Read(Compose, (name, _) => name == "whoami" ? whoami.Address : server.Address);
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions { Profile = profile, Configuration = configuration });

        Assert.Equal(200, (await RawClient.SendAsync(edge.HttpAddress, "GET /a?b HTTP/1.1\nHost: whoami.example.com\nX-authentik-username: eve")).Status);
        Assert.Equal(200, (await RawClient.SendAsync(edge.HttpAddress, "GET /outpost.goauthentik.io/start HTTP/1.1\nHost: whoami.example.com")).Status);
        Assert.Equal(200, (await RawClient.SendAsync(edge.HttpAddress, "GET /if/admin/ HTTP/1.1\nHost: authentik.example.com")).Status);
        Assert.Equal(404, (await RawClient.SendAsync(edge.HttpAddress, "GET / HTTP/1.1\nHost: hidden.example.com")).Status);

        Assert.Equal(["/outpost.goauthentik.io/auth/traefik", "/outpost.goauthentik.io/start", "/if/admin/"], server.Calls.Select(call => call.Target));
        Assert.Equal(("/a?b", "ana"), (whoami.Call.Target, whoami.Call.Header("X-Authentik-Username")));
        Assert.Equal(("whoami.example.com", "/a?b"), (server.Calls[0].Header("X-Forwarded-Host"), server.Calls[0].Header("X-Forwarded-Uri")));
    }

    [Theory]
    [InlineData("traefik.http.routers.a.rulez=Host(`a`)", "rulez")]
    [InlineData("traefik.http.middlewares.m.basicauth.users=x", "basicauth")]
    [InlineData("traefik.http.middlewares.m.forwardauth.trustForwardHeader=yes", "trustForwardHeader")]
    public void A_label_that_means_nothing_is_refused_by_name(string label, string named)
    {
        var compose = $"services:\n  a:\n    labels:\n      - traefik.http.routers.a.rule=Host(`a`)\n      - traefik.http.services.a.loadbalancer.server.port=80\n      - {label}\n";

        var problem = Assert.Throws<EdgeConfigurationException>(() => EdgeLabels.Read(compose, (_, port) => new Uri($"http://127.0.0.1:{port}/")));

        Assert.Contains(named, problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Keys_are_read_in_any_case_and_a_doubled_dollar_is_one()
    {
        const string Compose = """
            services:
              a:
                labels:
                  - TRAEFIK.HTTP.Routers.a.RULE=HostRegexp(`^a$$`)
                  - traefik.http.routers.a.ruleSyntax=v3
                  - traefik.http.routers.a.tls.certresolver=le
                  - traefik.http.routers.a.entryPoints=web,websecure
                  - traefik.http.services.a.loadBalancer.server.port=8080
            """;

        var router = Assert.Single(EdgeLabels.Read(Compose, (_, port) => new Uri($"http://127.0.0.1:{port}/")).Routers);

        Assert.Equal("HostRegexp(`^a$`)", router.Rule);
        Assert.Equal(["web", "websecure"], router.EntryPoints);
    }
}
