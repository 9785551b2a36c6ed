using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Edges;
using Sidecar.Demo.Processes;
using Sidecar.Demo.SampleService;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Processes;

namespace Sidecar.Demo.Tests.Edges;

public sealed class DemoEdgeTests : IDisposable
{
    private readonly DemoData _data = DemoData.Open(Directory.CreateTempSubdirectory("sidecar-demo-").FullName);

    public static TheoryData<string> Kinds => ["BuiltIn", "Caddy", "Haproxy", "Nginx", "Traefik"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_allowed_request_reaches_the_service_with_the_identity_and_without_the_clients_own(string kind)
    {
        await using var demo = await StartAsync(kind, http =>
        {
            foreach (var name in IdentityHeaders.Names)
            {
                http.Response.Headers[name] = "ana";
            }

            return Task.CompletedTask;
        });

        var answer = await demo.GetAsync("whoami", "/json", "X-authentik-username: eve\nConnection: X-authentik-username");

        Assert.Equal(200, answer.Status);
        Assert.All(IdentityHeaders.Names, name => Assert.Matches($"(?i)\"{name}\",\"value\":\"ana\"", answer.Body));
        Assert.DoesNotContain("eve", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_request_without_a_ticket_is_sent_to_sign_in(string kind)
    {
        await using var demo = await StartAsync(kind, http =>
        {
            var isNginx = http.Request.Path.Value!.EndsWith("/nginx", StringComparison.Ordinal);
            http.Response.StatusCode = isNginx ? 401 : 302;
            http.Response.Headers.Location = "http://auth.sidecar.localhost/sign-in";
            return Task.CompletedTask;
        });

        var answer = await demo.GetAsync("whoami", "/");

        Assert.Equal(302, answer.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_outposts_own_paths_and_the_sign_in_pages_are_not_asked_about(string kind)
    {
        await using var demo = await StartAsync(kind, http => http.Response.WriteAsync($"server {http.Request.Path}"));

        Assert.Contains("server /if/user/", (await demo.GetAsync("auth", "/if/user/")).Body, StringComparison.Ordinal);
        Assert.Contains("server /outpost.goauthentik.io/callback", (await demo.GetAsync("whoami", "/outpost.goauthentik.io/callback?x")).Body, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data.Root, recursive: true);

    private async Task<RunningEdge> StartAsync(string name, RequestDelegate server)
    {
        var kind = Enum.Parse<EdgeKind>(name);
        var program = kind == EdgeKind.BuiltIn ? null : PathSearch.Find(name.ToLowerInvariant());
        Assert.SkipWhen(kind != EdgeKind.BuiltIn && program is null, $"no {name} on this machine");
        var stub = await StubAuth.StartAsync(server);
        var sample = await SampleServer.StartAsync(port: 0);
        var places = new DemoPlaces(FreePort.Next(), sample.Address.Port, stub.Address.Port, 0, 0);
        var edge = await DemoEdge.StartAsync(kind, program, _data, places, TestContext.Current.CancellationToken);
        return new RunningEdge(places, [edge, sample, stub]);
    }
}
