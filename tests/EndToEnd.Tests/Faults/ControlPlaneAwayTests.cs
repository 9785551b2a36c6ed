using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Faults;

/// <summary>A stand-alone outpost whose control plane goes away: who is in stays in, who comes is told, and all is well again when it returns.</summary>
[Trait("Kind", "Slow")]
public sealed class ControlPlaneAwayTests : IAsyncLifetime
{
    private readonly Browser _browser = new();
    private ProtectedSite _site = null!;
    private StandAloneOutpost _outpost = null!;
    private string _ticket = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await ProtectedSite.StartAsync();
        _outpost = await _site.AddOutpostAsync("edge");
        _ticket = await _site.SignInAsync(_browser);
        await ExpectAsync(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _outpost.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Decisions_go_on_under_traffic_while_the_control_plane_is_stopped_and_started()
    {
        using var stop = new CancellationTokenSource();
        var traffic = TrafficAsync(stop.Token);

        await _site.Server.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await _site.Server.StartAgainAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal([HttpStatusCode.OK], (await traffic).Distinct());
    }

    [Fact]
    public async Task After_the_control_plane_is_back_a_change_is_enforced_again()
    {
        await _site.Server.KillAsync();
        await _site.Server.StartAgainAsync();

        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);

        await _site.Question(_ticket).WaitForAsync(_outpost.Address, HttpStatusCode.Forbidden, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task An_outpost_that_restarts_meanwhile_still_knows_who_is_signed_in()
    {
        await _site.Server.StopAsync();
        await _outpost.KillAsync();
        await _outpost.StartAgainAsync();

        await ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_ticket_of_somebody_whom_a_fresh_outpost_cannot_look_up_is_answered_503_and_never_redirected()
    {
        await using var fresh = await _site.AddOutpostAsync("fresh");
        await (_site.Question(null) with { IsNavigation = false }).WaitForAsync(fresh.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
        await _site.Server.StopAsync();

        var answer = await _site.Question(_ticket).AskAsync(fresh.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
        Assert.Contains("principal-unavailable", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_while_the_control_plane_is_away_is_a_clear_page_not_a_circle()
    {
        using var stranger = new Browser(uri => uri.Host == _site.ExternalHost.Host ? _outpost.HttpPort : uri.Port);
        var start = await stranger.LookAsync(new Uri(_site.ExternalHost, "outpost.goauthentik.io/start"));
        var state = System.Web.HttpUtility.ParseQueryString(start.Redirect!.Query)["state"];
        await _site.Server.StopAsync();

        var callback = new Uri(_site.ExternalHost, $"outpost.goauthentik.io/callback?X-authentik-auth-callback=true&code=abc&state={Uri.EscapeDataString(state!)}");
        var page = await stranger.LookAsync(callback);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("control-plane-away", page.Text, StringComparison.Ordinal);
    }

    private Task ExpectAsync(HttpStatusCode status) => _site.Question(_ticket).WaitForAsync(_outpost.Address, status, TimeSpan.FromSeconds(10));

    private async Task<List<HttpStatusCode>> TrafficAsync(CancellationToken stop)
    {
        List<HttpStatusCode> seen = [];
        while (!stop.IsCancellationRequested)
        {
            seen.Add((await _site.Question(_ticket).AskAsync(_outpost.Address)).Status);
        }

        return seen;
    }
}
