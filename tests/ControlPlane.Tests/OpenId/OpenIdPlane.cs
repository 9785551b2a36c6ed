using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary>A control plane that listens, with an application "wiki", its provider, the embedded outpost that serves it.</summary>
internal sealed class OpenIdPlane : IAsyncDisposable
{
    public const string PublicAddress = "https://id.sidecar.example/";
    public const string Issuer = PublicAddress + "application/o/wiki/";
    public const string RedirectUri = "https://wiki.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true";
    public const string ClientSecret = "the secret of the wiki's client";

    private readonly string _folder;
    private readonly WebApplication _app;

    private OpenIdPlane(string folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    }

    /// <summary>At the internal address: the Host header is never the public one.</summary>
    public HttpClient Http { get; }

    public required ProxyProvider Wiki { get; init; }

    public required string OutpostToken { get; init; }

    public required Outpost Outpost { get; init; }

    /// <summary>Null: on SQLite.</summary>
    public static async Task<OpenIdPlane> StartAsync(string publicAddress = PublicAddress, PostgresFixture? postgres = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sidecar-test-").FullName;
        var variables = new Dictionary<string, string>
        {
            ["SIDECAR_DATA"] = folder,
            ["AUTHENTIK_SECRET_KEY"] = "a secret key that is long enough for tests",
            ["AUTHENTIK_LISTEN__HTTP"] = "127.0.0.1:0",
            ["AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST"] = "true",
            ["AUTHENTIK_LOG_LEVEL"] = "warning",
        };
        if (postgres is not null)
        {
            var server = await postgres.ServerAsync();
            foreach (var (name, value) in server.EnvironmentFor(await server.CreateDatabaseAsync()))
            {
                variables[name] = value;
            }
        }

        Assert.True(ControlPlaneOptions.TryRead(variables.GetValueOrDefault, out var options, out var problem), problem);
        await MigratedSqlite.PlaceAsync(options);
        var app = ServerHost.Build(options);
        await ServerHost.PrepareAsync(app.Services, CancellationToken.None);
        await using var context = app.Services.GetRequiredService<Database>().Open();
        var wrap = app.Services.GetRequiredService<KeyWrap>();
        (await context.Installations.SingleAsync()).PublicAddress = publicAddress;
        var outpost = await context.Outposts.Include(row => row.Providers).SingleAsync();
        var token = await context.Tokens.SingleAsync(row => row.UserId == outpost.ServiceAccountId);
        var wiki = AddApplication(context, wrap, "wiki");
        outpost.Providers.Add(wiki);
        AddApplication(context, wrap, "mail");
        await context.SaveChangesAsync();
        await app.StartAsync();
        return new OpenIdPlane(folder, app)
        {
            Wiki = wiki,
            Outpost = outpost,
            OutpostToken = TokenSecret.Show(token, wrap),
        };
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public ControlPlaneContext Open() => Service<Database>().Open();

    /// <summary>Changes the database as an administrator would.</summary>
    public async Task ChangeAsync(Action<ControlPlaneContext> change)
    {
        await using var context = Open();
        change(context);
        await context.SaveChangesAsync();
    }

    /// <summary>An authorization request at the application of that slug, under this flow.</summary>
    public async Task<Dictionary<string, string>> RequestAtAsync(string slug, string flow)
    {
        await ChangeAsync(context => AddApplication(context, Service<KeyWrap>(), slug).AuthorizationFlow = context.Flows.Single(row => row.Slug == flow));
        return new Dictionary<string, string>(Visitor.Request)
        {
            ["client_id"] = $"client-of-{slug}",
            ["redirect_uri"] = RedirectUri.Replace("wiki", slug, StringComparison.Ordinal),
        };
    }

    public static ProxyProvider AddApplication(ControlPlaneContext context, KeyWrap wrap, string slug)
    {
        var provider = new ProxyProvider
        {
            Name = slug,
            ExternalHost = $"https://{slug}.example",
            ClientId = $"client-of-{slug}",
            ClientSecretWrapped = ProxyProviderSecrets.WrapClientSecret(wrap, ClientSecret),
            SealingKeyWrapped = ProxyProviderSecrets.NewSealingKey(wrap),
            AuthorizationFlow = context.Flows.Single(flow => flow.Slug == "default-provider-authorization-implicit-consent"),
        };
        context.Add(new Application { Slug = slug, Name = slug, Provider = provider });
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser in which a new user is signed in.</summary>
    public async Task<Visitor> SignInAsync(string name)
    {
        var cookie = Guid.NewGuid().ToString("N");
        var user = Samples.User(name);
        var session = SessionOf(user, cookie);
        await ChangeAsync(context => context.AddRange(user, session));
        return new Visitor(this, user, session, cookie);
    }

    private static Session SessionOf(User user, string cookie) => new()
    {
        UserId = user.Id,
        CookieHash = SHA256.HashData(Encoding.UTF8.GetBytes(cookie)),
        CreatedAt = Samples.Now,
        LastUsedAt = Samples.Now,
        ExpiresAt = Samples.Now.AddHours(1),
        AbsoluteEnd = Samples.Now.AddDays(1),
        AuthenticatedAt = Samples.Now,
        Methods = "pwd",
    };
}
