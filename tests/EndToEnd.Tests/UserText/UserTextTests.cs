using System.Net;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.Labels;
using Sidecar.Demo.Processes;
using Sidecar.Demo.SampleService;
using Sidecar.EndToEnd.Tests.Compose;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.UserText;

/// <summary>
/// The article, from its compose file to whoami: its services as processes with the environment that the file gives them, on real PostgreSQL and Redis, and
/// the Traefik simulator driven by its labels. Container networking and images are what is not tried here.
/// </summary>
[Trait("Kind", "Slow")]
public sealed class UserTextTests : IAsyncLifetime
{
    private const string Password = "what the administrator chose";

    private static readonly Uri Authentik = new("https://authentik.example.com/");
    private static readonly Uri Whoami = new("https://whoami.example.com/");
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "UserText");

    private readonly ComposeFile _compose = ComposeFile.Read(Path.Combine(Folder, "docker-compose.yml"));
    private ComposeStores _stores = null!;
    private SidecarServer _server = null!;
    private ServerProcess _worker = null!;
    private SampleServer _whoami = null!;
    private EdgeServer _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _stores = await ComposeStores.StartAsync(_compose.Environment("authentik-proxy"));
        var environment = _stores.Located(_compose.Environment("authentik-proxy"));

        // The article's administrator sets up by hand; only the token is ours, for what the article does in the admin interface.
        environment["AUTHENTIK_BOOTSTRAP_PASSWORD"] = null;
        environment["AUTHENTIK_BOOTSTRAP_EMAIL"] = null;
        _server = await SidecarServer.StartAsync(environment);
        _worker = await ServerProcess.StartAsync(
            new ChildCommand(PublishedPrograms.ControlPlane, _compose.Command("worker")) { Environment = _stores.Located(_compose.Environment("worker")) },
            (_, _) => Task.FromResult(true));
        _whoami = await SampleServer.StartAsync(0);
        _edge = await EdgeServer.StartAsync(new EdgeOptions { Profile = TraefikProfile.V2_11_53, HttpsPort = 0, Configuration = Labels() });
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _whoami.DisposeAsync();
        await _worker.DisposeAsync();
        await _server.DisposeAsync();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task Leads_from_initial_setup_to_whoami_with_the_headers_that_its_labels_name()
    {
        await FirstAdministrator.SetUpAsync(NewBrowser, Authentik, Password);
        await ConfigureAsync();

        using var browser = NewBrowser();
        var page = await browser.NavigateAsync(Whoami);
        Assert.Equal(Authentik.Host, page.Address.Host);
        page = await browser.SignInAsync(page, FirstAdministrator.Name, Password);

        Assert.True(page.Status == HttpStatusCode.OK && page.Address == Whoami, $"{page}\n{string.Join('\n', browser.Trail)}\n{_server.Output}");
        foreach (var header in new[] { "username", "groups", "email", "name", "uid", "jwt", "meta-jwks", "meta-outpost", "meta-provider", "meta-app", "meta-version" })
        {
            Assert.Contains("x-authentik-" + header, page.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(FirstAdministrator.Name, page.Text, StringComparison.Ordinal);
        Assert.False(_worker.HasExited, _worker.Output);
    }

    private async Task ConfigureAsync()
    {
        using var api = new AdminApi(_server.Address, _server.BootstrapToken);
        var (provider, _) = await api.CreateApplicationAsync("whoami", Whoami.ToString().TrimEnd('/'), explicitConsent: true);
        await api.ServeOnEmbeddedOutpostAsync(Authentik, provider);
        await (new ForwardAuthQuestion(Whoami, "/") { IsNavigation = false }).WaitForAsync(_server.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
    }

    private Browser NewBrowser() => new(_ => _edge.HttpsAddress.Port);

    private EdgeConfiguration Labels()
    {
        var own = EdgeLabels.Read(_compose.Text, Locate);
        var whoami = EdgeLabels.Read(File.ReadAllText(Path.Combine(Folder, "whoami.docker-compose.yml")), Locate);
        return new EdgeConfiguration
        {
            Routers = [.. own.Routers, .. whoami.Routers],
            Services = [.. own.Services, .. whoami.Services],
            Middlewares = [.. own.Middlewares, .. whoami.Middlewares],
        };
    }

    private Uri Locate(string service, int port) => (service, port) switch
    {
        ("authentik-proxy" or "authentik", 9000) => _server.Address,
        ("whoami", 80) => _whoami.Address,
        _ => throw new InvalidOperationException($"nothing in the compose files listens at {service}:{port}"),
    };
}
