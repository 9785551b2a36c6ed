using System.Net;
using Sidecar.Demo.Edges;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Report;

/// <summary>An installation, an outpost of its own process, and somebody who is signed in: to the site that is asked about directly and to the one behind proxies.</summary>
internal sealed class ReportSite : IAsyncDisposable
{
    private readonly ProtectedSite _site;

    private ReportSite(ProtectedSite site, StandAloneOutpost outpost, TlsFiles tls, string folder) => (_site, Outpost, Tls, Folder) = (site, outpost, tls, folder);

    public StandAloneOutpost Outpost { get; }

    public TlsFiles Tls { get; }

    /// <summary>For files of this run.</summary>
    public string Folder { get; }

    /// <summary>A check with the ticket, as Traefik asks it.</summary>
    public ForwardAuthQuestion Cookie { get; private set; } = null!;

    /// <summary>A check with an app password as a bearer token.</summary>
    public ForwardAuthQuestion Bearer { get; private set; } = null!;

    /// <summary>The ticket, <c>name=value</c>, of the site behind the proxies.</summary>
    public string ProxiedTicket { get; private set; } = "";

    public static async Task<ReportSite> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sidecar-bench-").FullName;
        var tls = TlsFiles.Make(folder);
        var site = await ProtectedSite.StartAsync();
        var (proxied, application) = await site.Api.CreateApplicationAsync("proxied", $"http://{Recipes.Service}");
        await site.Api.BindGroupAsync(application, site.Group);
        await site.Api.ServeOnEmbeddedOutpostAsync(site.PublicAddress, site.Provider, proxied);
        var outpost = await site.AddOutpostAsync("bench", new() { ["SIDECAR_TLS__CERTIFICATE"] = tls.Certificate, ["SIDECAR_TLS__KEY"] = tls.Key });
        var ready = new ReportSite(site, outpost, tls, folder);
        await ready.SignInAsync();
        return ready;
    }

    public async ValueTask DisposeAsync()
    {
        await Outpost.DisposeAsync();
        await _site.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task SignInAsync()
    {
        using var browser = new Browser(_ => _site.Server.HttpPort);
        Cookie = _site.Question(await _site.SignInAsync(browser));
        var proxied = new Uri($"http://{Recipes.Service}/");
        await new ForwardAuthQuestion(proxied, "/") { IsNavigation = false }.WaitForAsync(_site.Server.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
        var page = await browser.SignInAsync(await browser.NavigateAsync(new Uri(proxied, "outpost.goauthentik.io/start")), ProtectedSite.Username, ProtectedSite.Password);
        ProxiedTicket = TicketCookie.Of(browser, proxied) ?? throw new InvalidOperationException($"no ticket for {proxied}: {page}");

        await _site.Api.PostAsync("core/tokens/", new { identifier = "bench", intent = "app_password", user = _site.User, expiring = false });
        var secret = (await _site.Api.GetAsync("core/tokens/bench/view_key/")).GetProperty("key").GetString();
        Bearer = Cookie with { Cookie = null, MoreHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {secret}" } };
        foreach (var question in (ForwardAuthQuestion[])[Cookie, Bearer, new(proxied, "/") { Cookie = ProxiedTicket }])
        {
            await question.WaitForAsync(Outpost.Address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        }
    }
}
