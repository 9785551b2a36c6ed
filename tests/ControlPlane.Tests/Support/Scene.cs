using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Tickets;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>Ana, member of "staff"; a wiki that only "staff" may enter, served by the first outpost.</summary>
internal sealed class Scene(TestPlane plane)
{
    public const string OutpostToken = "a-token-of-the-first-outpost-with-forty-characters";

    public Guid Ana { get; private set; }

    public Guid Staff { get; private set; }

    public Guid Outpost { get; private set; }

    public int Provider { get; private set; }

    public string ClientId { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static (string Name, string Value)[] Environment =>
        [("SIDECAR_FIRST_OUTPOST_TOKEN", OutpostToken), ("AUTHENTIK_HOST", "https://auth.example.com")];

    public static async Task<Scene> BuildAsync(TestPlane plane)
    {
        var scene = new Scene(plane);
        await using var context = plane.Open();
        var wrap = plane.Services.GetRequiredService<KeyWrap>();
        var staff = new Group { Name = "staff" };
        var ana = Samples.User("ana");
        ana.Groups.Add(staff);
        var provider = new ProxyProvider
        {
            Name = "wiki",
            ExternalHost = "https://wiki.example.com/",
            ClientId = ProxyProviderSecrets.NewClientId(),
            ClientSecretWrapped = ProxyProviderSecrets.WrapClientSecret(wrap, "client secret"),
            SealingKeyWrapped = ProxyProviderSecrets.NewSealingKey(wrap),
        };
        var application = new Application { Slug = "wiki", Name = "Wiki", Provider = provider };
        var outpost = await context.Outposts.SingleAsync(Cancel);
        outpost.Providers.Add(provider);
        context.AddRange(ana, application, new Binding { Application = application, Group = staff, Order = 0 });
        await context.SaveChangesAsync(Cancel);
        (scene.Ana, scene.Staff, scene.Outpost, scene.Provider, scene.ClientId) = (ana.Id, staff.Id, outpost.Id, provider.Id, provider.ClientId);
        return scene;
    }

    public async Task<Session> BeginSessionAsync()
    {
        await using var context = plane.Open();
        var session = context.Sessions.Add(Samples.Session(Ana)).Entity;
        await context.SaveChangesAsync(Cancel);
        return session;
    }

    public async Task<TicketGrant?> IssueAsync(Session session)
    {
        await using var scope = plane.Scope();
        await using var context = plane.Open();
        var provider = await context.ProxyProviders.AsNoTracking().SingleAsync(row => row.Id == Provider, Cancel);
        return await scope.ServiceProvider.GetRequiredService<TicketIssuer>().IssueAsync(session, provider, Outpost, Cancel);
    }

    public async Task<(Guid Id, string Secret)> MakeTokenAsync(TokenIntent intent, Action<Token>? change = null)
    {
        await using var context = plane.Open();
        var wrap = plane.Services.GetRequiredService<KeyWrap>();
        var token = TokenSecret.Create(wrap, $"token-{Guid.NewGuid():N}", intent, Ana, Samples.Now);
        token.ExpiresAt = Samples.Now.AddHours(1);
        change?.Invoke(token);
        context.Tokens.Add(token);
        await context.SaveChangesAsync(Cancel);
        return (token.Id, TokenSecret.Show(token, wrap));
    }

    public async Task LeaveStaffAsync()
    {
        await using var context = plane.Open();
        context.Remove(await context.Memberships.SingleAsync(row => row.UserId == Ana && row.GroupId == Staff, Cancel));
        await context.SaveChangesAsync(Cancel);
    }

    public async Task<OutpostIdentity?> AuthenticateAsync(string token)
    {
        await using var scope = plane.Scope();
        var outcome = await scope.ServiceProvider.GetRequiredService<OutpostAuthentication>().AuthenticateAsync(token, Cancel);
        return outcome is OutpostTokenOutcome.Accepted accepted ? accepted.Outpost : null;
    }
}
