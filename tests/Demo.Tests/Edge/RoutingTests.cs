using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge;

public sealed class RoutingTests
{
    public static TheoryData<string> WithParentRouters => Profiles.NamesWith("HasParentRouters");

    [Theory]
    [MemberData(nameof(WithParentRouters))]
    public async Task TI_01_to_TI_05_routers_below_a_router_choose_by_what_the_auth_server_said(string profile)
    {
        await using var auth = await StubAuth.StartAsync(AnswerByTokenAsync);
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions { Profile = Enum.Parse<TraefikProfile>(profile), Configuration = Layers(auth) });

        Assert.Equal((200, "admin app"), await AskAsync(edge, "Authorization: Bearer admin-token"));
        Assert.Equal((200, "developer app"), await AskAsync(edge, "Authorization: Bearer developer-token"));
        Assert.Equal(401, (await AskAsync(edge, "Authorization: Bearer bad")).Status);
        Assert.Equal(401, (await AskAsync(edge, "X-User-Role: admin")).Status);
        Assert.Equal((404, "404 page not found\n"), await AskAsync(edge, "Authorization: Bearer guest-token"));
    }

    [Fact]
    public async Task The_longer_rule_wins_unless_a_priority_says_otherwise()
    {
        Assert.Equal("long", await RoutedAsync(new EdgeRouter("short", "Host(`a.test`)") { Service = "short" }));
        Assert.Equal("short", await RoutedAsync(new EdgeRouter("short", "Host(`a.test`)") { Service = "short", Priority = 1000 }));
    }

    [Fact]
    public async Task A_router_of_one_entry_point_does_not_answer_at_the_other()
    {
        var router = new EdgeRouter("tls", "Host(`a.test`)") { Service = "app", EntryPoints = ["websecure"] };
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions
        {
            HttpsPort = 0,
            Configuration = new EdgeConfiguration { Routers = [router], Services = [Says("app")] },
        });

        Assert.Equal(404, (await RawClient.SendAsync(edge.HttpAddress, "GET / HTTP/1.1\nHost: a.test")).Status);
        Assert.Equal(200, (await RawClient.SendAsync(edge.HttpsAddress, "GET / HTTP/1.1\nHost: a.test")).Status);
    }

    [Fact]
    public async Task A_router_that_names_what_is_not_there_stops_the_start()
    {
        var router = new EdgeRouter("a", "Host(`a.test`)") { Service = "app", Middlewares = ["missing@docker"] };
        var problem = await Assert.ThrowsAsync<EdgeConfigurationException>(() => EdgeServer.StartAsync(
            new EdgeOptions { Configuration = new EdgeConfiguration { Routers = [router], Services = [Says("app")] } }));

        Assert.Contains("missing", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RoutedAsync(EdgeRouter shorter)
    {
        var configuration = new EdgeConfiguration
        {
            Routers = [shorter, new EdgeRouter("long", "Host(`a.test`) && PathPrefix(`/x`)") { Service = "long" }],
            Services = [Says("short"), Says("long")],
        };
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions { Configuration = configuration });
        return (await RawClient.SendAsync(edge.HttpAddress, "GET /x HTTP/1.1\nHost: a.test")).Body;
    }

    private static EdgeConfiguration Layers(StubAuth auth) => new()
    {
        Middlewares = [new ForwardAuthOptions("roles", auth.Address.AbsoluteUri) { AuthResponseHeaders = ["X-User-Role", "X-User-Name"] }],
        Services = [Says("admin app"), Says("developer app")],
        Routers =
        [
            new EdgeRouter("parent", "PathPrefix(`/`)") { Middlewares = ["roles"] },
            new EdgeRouter("admins", "Header(`X-User-Role`, `admin`)") { Service = "admin app", ParentRefs = ["parent"] },
            new EdgeRouter("developers", "Header(`X-User-Role`, `developer`)") { Service = "developer app", ParentRefs = ["parent"] },
        ],
    };

    private static Task AnswerByTokenAsync(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!token.EndsWith("-token", StringComparison.Ordinal))
        {
            return StubAuth.RefuseAsync(http, 401, "who are you");
        }

        http.Response.Headers["X-User-Role"] = token.Replace("-token", "", StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    private static async Task<(int Status, string Body)> AskAsync(EdgeServer edge, string header)
    {
        var answer = await RawClient.SendAsync(edge.HttpAddress, $"GET /whoami HTTP/1.1\nHost: a.test\n{header}");
        return (answer.Status, answer.Body);
    }

    private static EdgeService Says(string name) => EdgeService.Of(name, http => http.Response.WriteAsync(name));
}
