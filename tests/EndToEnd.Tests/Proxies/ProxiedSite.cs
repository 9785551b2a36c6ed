using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Sidecar.Demo.SampleService;
using Sidecar.EndToEnd.Tests.Proxies;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;

[assembly: AssemblyFixture(typeof(ProxiedSite))]

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>
/// One installation and one service for all proxies; each proxy starts when the first test asks for it. Every host name leads to the proxy under test, so that
/// sign-in, service and outpost are reached through it alone.
/// </summary>
public sealed class ProxiedSite : IAsyncDisposable
{
    /// <summary>May enter; her name has letters that are not ASCII.</summary>
    public const string Member = "ana";

    /// <summary>Is signed in and may not enter any more.</summary>
    public const string Stranger = "bob";

    /// <summary>May enter and belongs to <see cref="ManyGroups"/> groups.</summary>
    public const string Joiner = "joe";

    public const string MemberName = "Zoë Łukasz";
    public const int ManyGroups = 200;
    public const string Password = "a long enough passphrase";

    /// <summary>Protected; <c>/public/</c> is open to everybody.</summary>
    public static readonly Uri Service = new("http://app.example.com/");

    /// <summary>Another application, open to everybody.</summary>
    public static readonly Uri OpenService = new("http://open.example.com/");

    private static readonly Uri Auth = new("http://auth.example.com/");

    private readonly Lazy<Task> _ready;
    private readonly Lazy<Task<StandAloneOutpost>> _ignoring;
    private readonly ConcurrentDictionary<string, Lazy<Task<RunningProxy>>> _proxies = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _tickets = new();
    private SidecarServer? _server;
    private SampleServer? _service;

    // Classes that need no proxy share the assembly: nothing starts before it is asked for.
    public ProxiedSite()
    {
        _ready = new Lazy<Task>(StartAsync);
        _ignoring = new Lazy<Task<StandAloneOutpost>>(StartIgnoringAsync);
    }

    public static string GroupName(int number) => string.Create(CultureInfo.InvariantCulture, $"department-{number:000}");

    internal async Task<RunningProxy> ProxyAsync(string kind)
    {
        await _ready.Value;
        return await _proxies.GetOrAdd(kind, name => new(() => ProxyKinds.StartAsync(name, _server!.Address, _service!.Address))).Value;
    }

    /// <summary>The same, in front of an outpost with <c>SIDECAR_IDENTITY_HEADERS=ignore</c>.</summary>
    internal async Task<RunningProxy> IgnoringProxyAsync(string kind)
    {
        await _ready.Value;
        var outpost = await _ignoring.Value;
        return await _proxies.GetOrAdd(kind + " ignoring", _ => new(() => ProxyKinds.StartAsync(kind, outpost.Address, _service!.Address))).Value;
    }

    /// <summary>A proxy of its own that finds nobody where the outpost should be.</summary>
    internal async Task<RunningProxy> CutOffAsync(string kind)
    {
        await _ready.Value;
        return await ProxyKinds.StartAsync(kind, new Uri($"http://127.0.0.1:{FreePort.Next()}/"), _service!.Address);
    }

    /// <summary>For a proxy with a configuration of a test's own.</summary>
    internal async Task<(Uri Sidecar, Uri Service)> PlacesAsync()
    {
        await _ready.Value;
        return (_server!.Address, _service!.Address);
    }

    /// <summary>The cookie, <c>name=value</c>, of somebody who signed in; the same for all tests, so none may sign out with it.</summary>
    internal async Task<string> TicketAsync(string username)
    {
        await _ready.Value;
        return await _tickets.GetOrAdd(username, name => new(() => SignInAsync(name))).Value;
    }

    public static string? TicketOf(Browser browser)
    {
        ArgumentNullException.ThrowIfNull(browser);
        return browser.Cookies.GetCookies(Service)
            .Where(cookie => cookie.Name.StartsWith("authentik_proxy_", StringComparison.Ordinal) && !cookie.Name.EndsWith("_signin", StringComparison.Ordinal))
            .Select(cookie => $"{cookie.Name}={cookie.Value}")
            .SingleOrDefault();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values.Where(proxy => proxy.Value.IsCompletedSuccessfully))
        {
            await (await proxy.Value).DisposeAsync();
        }

        if (_ignoring is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _ignoring.Value).DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        _service = await SampleServer.StartAsync(port: 0);
        _server = await SidecarServer.StartAsync();
        using var api = new AdminApi(_server.Address, _server.BootstrapToken);
        var staff = await api.CreateGroupAsync("Staff");
        await api.AddToGroupAsync(staff, await api.CreateUserAsync(Member, Password, MemberName));
        var stranger = await api.CreateUserAsync(Stranger, Password);
        await api.AddToGroupAsync(staff, stranger);
        var joiner = await api.CreateUserAsync(Joiner, Password);
        await api.AddToGroupAsync(staff, joiner);
        for (var i = 0; i < ManyGroups; i++)
        {
            await api.PostAsync("core/groups/", new { name = GroupName(i), users = new[] { joiner } });
        }

        var (app, application) = await api.CreateApplicationAsync("app", Text(Service), new JsonObject { ["skip_path_regex"] = "^/public/", ["identity_budget_bytes"] = 24 * 1024 });
        await api.BindGroupAsync(application, staff);
        var (open, _) = await api.CreateApplicationAsync("open", Text(OpenService), new JsonObject { ["skip_path_regex"] = ".*" });
        await api.ServeOnEmbeddedOutpostAsync(Auth, app, open);
        await new ForwardAuthQuestion(Service, "/") { IsNavigation = false }
            .WaitForAsync(_server.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));

        var ticket = await SignInAsync(Stranger);
        _tickets[Stranger] = new Lazy<Task<string>>(Task.FromResult(ticket));
        await api.RemoveFromGroupAsync(staff, stranger);
        await new ForwardAuthQuestion(Service, "/") { Cookie = ticket }.WaitForAsync(_server.Address, HttpStatusCode.Forbidden, TimeSpan.FromSeconds(30));
    }

    private async Task<StandAloneOutpost> StartIgnoringAsync()
    {
        using var api = new AdminApi(_server!.Address, _server.BootstrapToken);
        var outpost = await StandAloneOutpost.StartAsync(
            _server.Address, await api.CreateOutpostAsync("ignoring", Auth), new() { ["SIDECAR_IDENTITY_HEADERS"] = "ignore" });
        await new ForwardAuthQuestion(Service, "/") { IsNavigation = false }.WaitForAsync(outpost.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
        return outpost;
    }

    private async Task<string> SignInAsync(string username)
    {
        using var browser = new Browser(_ => _server!.HttpPort);
        var page = await browser.SignInAsync(await browser.NavigateAsync(new Uri(Service, "outpost.goauthentik.io/start")), username, Password);
        return TicketOf(browser) ?? throw new InvalidOperationException($"no ticket for {username} after {string.Join(" -> ", browser.Trail)}\n{page}");
    }

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
