using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sidecar.Contracts;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Signing;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Snapshots;

/// <summary>An outpost that runs from files: what its policy opens is open, nobody can sign in, and in doubt nobody enters.</summary>
public sealed class WithoutControlPlaneTests : IDisposable
{
    private const string Editors = "11111111-2222-4333-8444-555555555555";

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-files-").FullName;
    private readonly TicketMint _mint = new(Guid.Parse("0f0a2c3e-5b1d-4c6f-8a7e-3d2b1c0f9e8d"));
    private readonly Principal _ana = OutpostUnderTest.NewPrincipal("ana", Guid.NewGuid()) with { Groups = [Guid.Parse(Editors)] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("traefik")]
    [InlineData("nginx")]
    public async Task An_unauthenticated_path_is_open_and_names_nobody(string proxy)
    {
        await using var app = Build();

        var answer = await AskAsync(app, Ask(proxy, "/public/logo"));

        Assert.Equal((200, ""), (answer.Status, answer.Headers["X-authentik-username"].ToString()));
    }

    [Theory]
    [InlineData("traefik", false)]
    [InlineData("traefik", true)]
    [InlineData("nginx", false)]
    public async Task Everything_else_says_that_nobody_can_sign_in_here(string proxy, bool isNavigation)
    {
        await using var app = Build();
        var question = Ask(proxy, "/page");

        var answer = await AskAsync(app, isNavigation ? question.Navigating() : question);

        Assert.Equal((401, "no-control-plane"), (answer.Status, answer.Reason));
        Assert.DoesNotContain("sign_in", answer.Body, StringComparison.Ordinal);
        Assert.Empty(answer.Location);
    }

    [Theory]
    [InlineData("Basic YW5hOnNlY3JldA==")]
    [InlineData("Bearer x")]
    public async Task A_credential_is_not_one_where_nobody_can_say_so(string authorization)
    {
        await using var app = Build();

        var answer = await AskAsync(app, Ask("traefik", "/page").With("Authorization", authorization));

        Assert.Equal((401, "no-control-plane"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task The_addresses_of_a_sign_in_say_so_too()
    {
        await using var app = Build();

        foreach (var path in new[] { "start", "callback?X-authentik-auth-callback=true&code=a&state=b" })
        {
            var answer = await AskAsync(app, Question.Direct("https://docs.example.com/outpost.goauthentik.io/" + path).Navigating());
            Assert.Equal((401, "no-control-plane"), (answer.Status, answer.Reason));
        }
    }

    [Fact]
    public async Task A_ticket_that_stands_is_good_for_those_whom_the_files_name()
    {
        await using var app = Build(_ana);
        var bob = OutpostUnderTest.NewPrincipal("bob", Guid.NewGuid());

        Assert.Equal(200, (await AskAsync(app, Ask("traefik", "/page").WithCookie(TicketFor(_ana, _ana.Sessions[0])))).Status);
        Assert.Equal(401, (await AskAsync(app, Ask("traefik", "/page").WithCookie(TicketFor(_ana, Guid.NewGuid())))).Status);
        var stranger = await AskAsync(app, Ask("traefik", "/page").WithCookie(TicketFor(bob, bob.Sessions[0])));
        Assert.Equal((401, "no-control-plane"), (stranger.Status, stranger.Reason));
    }

    [Fact]
    public void A_policy_that_somebody_else_signed_stops_the_start()
    {
        var files = Sign();
        SigningCommands.MakeKey(In("other.pem"));
        File.WriteAllBytes(files.Snapshot, SigningCommands.Sign(In("policy.json"), In("other.pem")));

        Assert.Throws<OutpostStartException>(() => OutpostHost.Build(Options(files)));
    }

    private WebApplicationUnderTest Build(params Principal[] people) => new(OutpostHost.Build(Options(Sign(people)), null, builder => builder.Logging.ClearProviders()));

    private OutpostOptions Options(SnapshotFiles files) => RunningOutpost.Options(null, In("data")) with { Files = files };

    private SnapshotFiles Sign(params Principal[] people)
    {
        var policy = JsonNode.Parse(PolicyInReadme.Text)!;
        policy["ticket_keys"] = new JsonArray(JsonSerializer.SerializeToNode(_mint.PublicKey, ContractsJson.Default.PublicKeyRecord));
        File.WriteAllText(In("policy.json"), policy.ToJsonString());
        File.WriteAllText(In("key.json"), SigningCommands.MakeKey(In("key.pem")));
        File.WriteAllBytes(In("signed"), SigningCommands.Sign(In("policy.json"), In("key.pem")));
        File.WriteAllLines(In("people"), people.Select(person => JsonSerializer.Serialize(person, ContractsJson.Default.Principal)));
        return new SnapshotFiles(In("signed"), In("key.json"), null, In("people"));
    }

    private static Question Ask(string proxy, string path) =>
        proxy == "nginx" ? Question.Nginx("https://docs.example.com" + path) : Question.Traefik("https://docs.example.com" + path);

    private string TicketFor(Principal person, Guid session)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return $"{Contracts.Tickets.Ticket.CookieName("docs")}={_mint.Mint("docs", person.Id, session, person.Revision, now, now + 3600)}";
    }

    private static async Task<Answer> AskAsync(WebApplicationUnderTest app, Question question)
    {
        var context = question.Build();
        await app.Dispatcher.InvokeAsync(context);
        return new Answer(context);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private sealed class WebApplicationUnderTest(Microsoft.AspNetCore.Builder.WebApplication app) : IAsyncDisposable
    {
        public OutpostDispatcher Dispatcher => app.Services.GetRequiredService<OutpostDispatcher>();

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
