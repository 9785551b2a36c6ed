using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load;

/// <summary>A protected site, somebody who is signed in to it, and an outpost whose processor time and memory are its own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private Bench(ProtectedSite site, StandAloneOutpost outpost, ForwardAuthQuestion question)
    {
        Site = site;
        Outpost = outpost;
        Question = question;
    }

    public ProtectedSite Site { get; }

    public StandAloneOutpost Outpost { get; }

    public ForwardAuthQuestion Question { get; }

    public Uri Check => new(Outpost.Address, "outpost.goauthentik.io/auth/traefik");

    public IReadOnlyList<string> CheckHeaders => [.. Question.Headers.Select(header => $"{header.Key}: {header.Value}")];

    public static async Task<Bench> StartAsync(int otherApplications = 0)
    {
        var site = await ProtectedSite.StartAsync(otherApplications: otherApplications);
        var outpost = await site.AddOutpostAsync("bench");
        using var browser = new Browser();
        var bench = new Bench(site, outpost, site.Question(await site.SignInAsync(browser)));
        await bench.Question.WaitForAsync(outpost.Address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        return bench;
    }

    public async Task<HttpStatusCode> AskAsync() => (await Question.AskAsync(Outpost.Address)).Status;

    public async ValueTask DisposeAsync()
    {
        await Outpost.DisposeAsync();
        await Site.DisposeAsync();
    }
}
