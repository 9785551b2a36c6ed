using System.Diagnostics;
using System.Net;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.Labels;
using Sidecar.Demo.Processes;
using Sidecar.Demo.SampleService;
using Sidecar.EndToEnd.Tests.Compose;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>
/// Our docker-compose.yml, from its command for secrets to whoami: its services with the environment that the file gives them, on real PostgreSQL and Redis,
/// and the Traefik simulator driven by its labels. Container networking and Traefik itself are what is not tried here.
/// </summary>
public abstract class ComposeTests : IAsyncLifetime
{
    private const string Password = "what the administrator chose";

    private static readonly Uri Auth = new("https://auth.example.com/");
    private static readonly Uri Whoami = new("https://whoami.example.com/");
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docker-compose.yml");

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-compose-").FullName;
    private ComposeFile _compose = null!;
    private ComposeStores _stores = null!;
    private SidecarServer _server = null!;
    private StandAloneOutpost _outpost = null!;
    private SampleServer _whoami = null!;
    private EdgeServer _edge = null!;

    private readonly List<IAsyncDisposable> _running = [];

    /// <summary>Where a service of the file runs: on this machine as it is, or in its image.</summary>
    internal abstract ChildCommand Place(ComposeFile compose, string service, ChildCommand command);

    /// <summary>Folders that server and outpost keep their state in.</summary>
    protected IReadOnlyList<string> States => [_server.Data, _outpost.Data];

    /// <summary>Null, or why these tests cannot run on this machine.</summary>
    protected virtual string? Obstacle => null;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Obstacle is not null, Obstacle ?? "");
        _compose = ComposeFile.Read(Path, await MakeSecretsAsync());
        _stores = Running(await ComposeStores.StartAsync(_compose.Environment("server")));
        var environment = _stores.Located(_compose.Environment("server"));

        // The administrator sets up by hand; only the token is ours, for what is then done over the API.
        environment["AUTHENTIK_BOOTSTRAP_PASSWORD"] = null;
        environment["AUTHENTIK_BOOTSTRAP_EMAIL"] = null;
        _server = Running(await SidecarServer.StartAsync(environment, where: command => Place(_compose, "server", command)));
        _outpost = Running(await StandAloneOutpost.StartAsync(_server.Address, "", OutpostEnvironment(), command => Place(_compose, "outpost", command)));
        _whoami = Running(await SampleServer.StartAsync(0));
        var labels = EdgeLabels.Read(_compose.Text, Locate);
        _edge = Running(await EdgeServer.StartAsync(new EdgeOptions { HttpsPort = 0, Configuration = labels }));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var part in Enumerable.Reverse(_running))
        {
            await part.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Leads_from_the_secrets_over_initial_setup_to_whoami()
    {
        await FirstAdministrator.SetUpAsync(NewBrowser, Auth, Password);
        using var api = new AdminApi(_server.Address, _server.BootstrapToken);
        var (provider, _) = await api.CreateApplicationAsync("whoami", Whoami.ToString().TrimEnd('/'), explicitConsent: true);
        await api.ServeOnEmbeddedOutpostAsync(Auth, provider);
        await (new ForwardAuthQuestion(Whoami, "/") { IsNavigation = false }).WaitForAsync(_outpost.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));

        using var browser = NewBrowser();
        var page = await browser.NavigateAsync(Whoami);
        Assert.Equal(Auth.Host, page.Address.Host);
        page = await browser.SignInAsync(page, FirstAdministrator.Name, Password);

        Assert.True(page.Status == HttpStatusCode.OK && page.Address == Whoami, $"{page}\n{string.Join('\n', browser.Trail)}\n{_outpost.Output}");
        Assert.Contains("x-authentik-username", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(FirstAdministrator.Name, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_browser_reaches_the_answers_that_are_for_traefik()
    {
        using var browser = NewBrowser();

        var page = await browser.NavigateAsync(new Uri(Auth, "outpost.goauthentik.io/auth/traefik"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(Auth.Host, page.Address.Host);
    }

    [Fact]
    public async Task Health_checks_pass_while_it_runs_and_not_when_it_is_gone()
    {
        Assert.Equal((0, 0), (await CheckAsync("server", _server.Environment), await CheckAsync("outpost", _outpost.Environment)));

        await _outpost.StopAsync();
        await _server.StopAsync();

        Assert.Equal((1, 1), (await CheckAsync("server", _server.Environment), await CheckAsync("outpost", _outpost.Environment)));
    }

    [Fact]
    public async Task The_worker_is_healthy()
    {
        var environment = new Dictionary<string, string?> { ["AUTHENTIK_LISTEN__HTTP"] = $"127.0.0.1:{FreePort.Next()}" };
        ChildCommand Worker(string command) => Place(_compose, "worker", new ChildCommand(PublishedPrograms.ControlPlane, command) { Environment = environment });
        await using var worker = await ServerProcess.StartAsync(Worker(_compose.Command("worker")), async (_, _) =>
        {
            await using var check = await ChildProcess.StartAsync(Worker("healthcheck"));
            return await check.Exited == 0;
        });

        Assert.False(worker.HasExited);
    }

    /// <summary>Runs the command that the file's first lines give; the path of the .env that it made.</summary>
    private async Task<string> MakeSecretsAsync()
    {
        var command = File.ReadLines(Path).Select(line => line.TrimStart('#', ' ')).Single(line => line.StartsWith("printf ", StringComparison.Ordinal));
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-ec", command]) { WorkingDirectory = _folder })!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return System.IO.Path.Combine(_folder, ".env");
    }

    private Dictionary<string, string?> OutpostEnvironment()
    {
        var environment = _compose.Environment("outpost").ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        Assert.Equal("http://server:9000", environment["AUTHENTIK_HOST"]);
        environment["AUTHENTIK_HOST"] = _server.Address.ToString();
        return environment;
    }

    private async Task<int> CheckAsync(string service, IReadOnlyDictionary<string, string?> environment)
    {
        var program = service == "outpost" ? PublishedPrograms.Outpost : PublishedPrograms.ControlPlane;
        await using var check = await ChildProcess.StartAsync(Place(_compose, service, new ChildCommand(program, "healthcheck") { Environment = environment }));
        return await check.Exited;
    }

    private T Running<T>(T part)
        where T : IAsyncDisposable
    {
        _running.Add(part);
        return part;
    }

    private Browser NewBrowser() => new(_ => _edge.HttpsAddress.Port);

    private Uri Locate(string service, int port) => (service, port) switch
    {
        ("server", 9000) => _server.Address,
        ("outpost", 9000) => _outpost.Address,
        ("whoami", 80) => _whoami.Address,
        _ => throw new InvalidOperationException($"nothing in the compose file listens at {service}:{port}"),
    };
}
