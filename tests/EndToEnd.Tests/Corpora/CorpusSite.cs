using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Contracts.Tickets;
using Sidecar.EndToEnd.Tests.Proxies;
using Sidecar.TestKit.Channel;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.EndToEnd.Tests.Corpora;

/// <summary>
/// The published outpost with a control plane of the test's own, whose key can sign any ticket, and the proxies in front of it: <c>app.example.com</c> for the
/// staff with an open <c>/public/</c>, <c>open.example.com</c> for everybody. Ana is the member; Eve is signed in and may not enter.
/// </summary>
public sealed class CorpusSite : IAsyncLifetime
{
    private static readonly GroupRecord Staff = new() { Id = Guid.NewGuid(), Name = "Staff" };
    private static readonly Guid Credential = Guid.NewGuid();

    private readonly ConcurrentDictionary<string, Lazy<Task<RunningProxy>>> _proxies = new();
    private readonly string _token = CredentialFormat.Create();
    private FakeControlPlane _plane = null!;

    internal StandAloneOutpost Outpost { get; private set; } = null!;

    internal RecordingService Service { get; private set; } = null!;

    internal TicketMint Mint { get; private set; } = null!;

    internal Principal Ana { get; private set; } = null!;

    internal Principal Eve { get; private set; } = null!;

    /// <summary>What the placeholders of rows stand for.</summary>
    public IReadOnlyDictionary<string, string> Values { get; private set; } = null!;

    internal string MembersCookie => $"{Values["n"]}={Values["t"]}";

    internal string StrangersCookie => $"{Values["n"]}={Values["eve"]}";

    internal static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask InitializeAsync()
    {
        Service = await RecordingService.StartAsync();
        _plane = await FakeControlPlane.StartAsync();
        Mint = new TicketMint(_plane.Installation, _plane.TicketKey);
        Ana = _plane.Put(SamplePrincipal.Create("ana") with { Groups = [Staff.Id], Credentials = [Credential] });
        Eve = _plane.Put(SamplePrincipal.Create("eve"));
        _plane.OnCredentialCheck = check => check.Secret == _token && check.Username is null or "ana" && check.ClientId == "app-client"
            ? new CredentialAnswer { Principal = Ana, CredentialId = Credential }
            : null;
        _plane.Secrets = new SecretsDocument { Providers = [Secrets("app"), Secrets("open"), Secrets("wiki")] };
        _plane.Publish(snapshot => snapshot with
        {
            Applications = [WithPublic("app", "^/public/", "http://app.example.com", restricted: true), WithPublic("open", ".*", "http://open.example.com", restricted: false), WithPublic("wiki", "^/public/", "https://wiki.example", restricted: true)],
            Groups = [Staff],
            Outpost = snapshot.Outpost with { PublicUrl = "http://auth.example.com/" },
        });
        Outpost = await StandAloneOutpost.StartAsync(_plane.Address, _plane.Token);
        Values = Texts();
        var question = new ForwardAuthQuestion(new Uri("http://app.example.com/"), "/") { Cookie = MembersCookie };
        await question.WaitForAsync(Outpost.Address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        await (question with { Cookie = StrangersCookie }).WaitForAsync(Outpost.Address, HttpStatusCode.Forbidden, TimeSpan.FromSeconds(30));
    }

    internal async Task<RunningProxy> ProxyAsync(string kind) =>
        await _proxies.GetOrAdd(kind, name => new(() => ProxyKinds.StartAsync(name, Outpost.Address, Service.Address))).Value;

    /// <summary>From now on every code is redeemed, for Ana and the attempt with this nonce.</summary>
    internal void Redeem(string nonce)
    {
        var claims = new JsonObject { ["iss"] = SnapshotBuilder.Provider("app").Issuer, ["aud"] = "app-client", ["sub"] = Ana.Uid, ["nonce"] = nonce, ["exp"] = Now + 300 };
        var idToken = Jws.Sign(new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT" }, claims, Mint.Key);
        var answer = new JsonObject { ["id_token"] = idToken, [TicketGrant.MemberName] = System.Text.Json.JsonSerializer.SerializeToNode(new TicketGrant { Ticket = Values["t"], Principal = Ana }, Contracts.ContractsJson.Default.TicketGrant) };
        _plane.OnToken = context => context.Response.WriteAsync(answer.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values.Where(proxy => proxy.Value.IsCompletedSuccessfully))
        {
            await (await proxy.Value).DisposeAsync();
        }

        await Outpost.DisposeAsync();
        await _plane.DisposeAsync();
        await Service.DisposeAsync();
    }

    private static ApplicationRecord WithPublic(string slug, string expression, string externalHost, bool restricted)
    {
        var application = restricted ? SnapshotBuilder.Application(slug, SnapshotBuilder.ForGroup(Staff)) : SnapshotBuilder.Application(slug);
        return application with { Provider = application.Provider with { ExternalHost = externalHost, UnauthenticatedPaths = [expression] } };
    }

    private static ProviderSecrets Secrets(string slug) => new()
    {
        ClientId = slug + "-client",
        ClientSecret = "the client's secret, 0123456789abcdef",
        SealingKeys = [Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))],
    };

    private Dictionary<string, string> Texts()
    {
        var ticket = TicketOf("app", Ana);
        var parts = ticket.Split('.');
        using var strangersKey = EcKeys.Create();
        return new Dictionary<string, string>
        {
            ["app"] = "app.example.com",
            ["open"] = "open.example.com",
            ["client"] = "app-client",
            ["CLIENT"] = "APP-CLIENT",
            ["n"] = Ticket.CookieName("app-client"),
            ["N"] = Ticket.CookieName("app-client").ToUpperInvariant(),
            ["nmail"] = Ticket.CookieName("open-client"),
            ["t"] = ticket,
            ["h"] = parts[0],
            ["p"] = parts[1],
            ["s"] = parts[2],
            ["eve"] = TicketOf("app", Eve),
            ["mail"] = TicketOf("open", Ana),
            ["wiki"] = TicketOf("wiki", Ana),
            ["foreign"] = new TicketMint(Guid.NewGuid(), strangersKey).Mint("app-client", Ana.Id, Ana.Sessions[0], Ana.Revision, Now, Now + 3600),
            ["expired"] = TicketOf("app", Ana, lifetime: -60),
            ["ended"] = Mint.Mint("app-client", Ana.Id, Guid.NewGuid(), Ana.Revision, Now, Now + 3600),
            ["token"] = _token,
            ["TOKEN"] = _token.ToUpperInvariant(),
            ["cut"] = _token[..^1],
            ["unknown"] = CredentialFormat.Create(),
            ["basic"] = Pair("ana", _token),
            ["basicToken"] = Pair("goauthentik.io/token", _token),
            ["basicEve"] = Pair("eve", _token),
            ["basicTicket"] = Pair("ana", ticket),
        };
    }

    private string TicketOf(string slug, Principal principal, long lifetime = 3600) =>
        Mint.Mint(slug + "-client", principal.Id, principal.Sessions[0], principal.Revision, Now, Now + lifetime);

    private static string Pair(string user, string password) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"));
}
