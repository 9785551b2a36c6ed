using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Tickets;
using Sidecar.TestKit.Channel;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Tickets;

namespace Sidecar.EndToEnd.Tests.Outposts;

/// <summary>The published outpost, with a control plane of the test's own behind it: one application, and Ana, who is signed in.</summary>
internal sealed class OutpostScene : IAsyncDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly TicketMint _mint;

    private OutpostScene(FakeControlPlane plane)
    {
        Plane = plane;
        _mint = new TicketMint(plane.Installation, plane.TicketKey);
    }

    public FakeControlPlane Plane { get; }

    public StandAloneOutpost Outpost { get; private set; } = null!;

    public Principal Ana { get; private set; } = null!;

    public string Cookie => CookieOf(Ana);

    public static async Task<OutpostScene> StartAsync(Dictionary<string, string?>? environment = null)
    {
        var scene = new OutpostScene(await FakeControlPlane.StartAsync());
        scene.Ana = scene.Plane.Put(SamplePrincipal.Create());
        scene.Plane.Secrets = new SecretsDocument
        {
            Providers =
            [
                new ProviderSecrets
                {
                    ClientId = SampleSnapshot.ClientId,
                    ClientSecret = "the client's secret, 0123456789abcdef",
                    SealingKeys = [Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))],
                },
            ],
        };
        scene.Plane.Publish();
        scene.Outpost = await StandAloneOutpost.StartAsync(scene.Plane.Address, scene.Plane.Token, environment);
        await Question(scene.Cookie).WaitForAsync(scene.Outpost.Address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        return scene;
    }

    public string CookieOf(Principal principal) => $"{Ticket.CookieName(SampleSnapshot.ClientId)}={TicketOf(principal)}";

    public static ForwardAuthQuestion Question(string? cookie, string path = "/") => new(new Uri("https://wiki.example/"), path) { Cookie = cookie, IsNavigation = false };

    public async ValueTask DisposeAsync()
    {
        await Outpost.DisposeAsync();
        await Plane.DisposeAsync();
    }

    private string TicketOf(Principal principal)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return _mint.Mint(SampleSnapshot.ClientId, principal.Id, principal.Sessions[0], principal.Revision, now, now + (long)Lifetime.TotalSeconds);
    }
}
