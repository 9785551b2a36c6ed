using System.Globalization;
using System.Net;
using Sidecar.TestKit.Browsers;

namespace Sidecar.TestKit.Installations;

/// <summary>
/// An installation with one application, <c>app.sidecar.localhost</c>, that members of the group Staff may enter, and Ana, who is one. Its host names lead to the
/// embedded outpost itself, which answers the addresses of a sign-in there; the check is asked as Traefik asks it.
/// </summary>
public sealed class ProtectedSite : IAsyncDisposable
{
    public const string Username = "ana";
    public const string Password = "a long enough passphrase";

    private readonly string _port;

    private ProtectedSite(SidecarServer server)
    {
        Server = server;
        _port = server.HttpPort.ToString(CultureInfo.InvariantCulture);
        Api = new AdminApi(server.Address, server.BootstrapToken);
    }

    public SidecarServer Server { get; }

    public AdminApi Api { get; }

    public int User { get; private set; }

    public Guid Group { get; private set; }

    public Guid Application { get; private set; }

    public int Provider { get; private set; }

    public Uri PublicAddress => new($"http://auth.sidecar.localhost:{_port}/");

    public Uri ExternalHost => new($"http://app.sidecar.localhost:{_port}/");

    public static async Task<ProtectedSite> StartAsync(Dictionary<string, string?>? environment = null, int otherApplications = 0, Action<string>? onLine = null)
    {
        var site = new ProtectedSite(await SidecarServer.StartAsync(environment, onLine: onLine));
        try
        {
            await site.PrepareAsync(otherApplications);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another outpost, as its own process, that serves the same providers.</summary>
    public async Task<StandAloneOutpost> AddOutpostAsync(string name, Dictionary<string, string?>? environment = null) =>
        await StandAloneOutpost.StartAsync(Server.Address, await Api.CreateOutpostAsync(name, PublicAddress), environment);

    public async Task<Page> OpenSignInAsync(Browser browser)
    {
        ArgumentNullException.ThrowIfNull(browser);
        return await browser.NavigateAsync(new Uri(ExternalHost, "outpost.goauthentik.io/start"));
    }

    /// <summary>Signs Ana in and answers the cookie, <c>name=value</c>, that the application's requests carry from then on.</summary>
    public async Task<string> SignInAsync(Browser browser)
    {
        ArgumentNullException.ThrowIfNull(browser);
        var page = await browser.SignInAsync(await OpenSignInAsync(browser), Username, Password);
        return TicketOf(browser) ?? throw new InvalidOperationException($"no ticket after the sign-in, which went {string.Join(" -> ", browser.Trail)}\n{page}");
    }

    public string? TicketOf(Browser browser) => TicketCookie.Of(browser, ExternalHost);

    /// <summary>A question as Traefik would ask it for a page of the application, at any outpost that serves it.</summary>
    public ForwardAuthQuestion Question(string? cookie, string path = "/reports/2026?page=3") => new(ExternalHost, path) { Cookie = cookie };

    /// <summary>Asks the embedded outpost again and again, until the answer is this one.</summary>
    public Task WaitForAsync(HttpStatusCode status, string cookie) => Question(cookie).WaitForAsync(Server.Address, status, TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }

    private async Task PrepareAsync(int otherApplications)
    {
        User = await Api.CreateUserAsync(Username, Password, "Ana Müller");
        Group = await Api.CreateGroupAsync("Staff");
        await Api.AddToGroupAsync(Group, User);
        (Provider, Application) = await Api.CreateApplicationAsync("app", ExternalHost.ToString().TrimEnd('/'));
        await Api.BindGroupAsync(Application, Group);
        List<int> providers = [Provider];
        for (var i = 0; i < otherApplications; i++)
        {
            providers.Add((await Api.CreateApplicationAsync($"other-{i}", $"http://other-{i}.sidecar.localhost")).Provider);
        }

        await Api.ServeOnEmbeddedOutpostAsync(PublicAddress, [.. providers]);

        // Nobody is signed in yet: 401 to a script, as soon as the outpost knows the application.
        await new ForwardAuthQuestion(ExternalHost, "/") { IsNavigation = false }.WaitForAsync(Server.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
    }
}
