using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.SignIn;

/// <summary>How people really sign in: in two tabs, with ten requests at once, with yesterday's address, through replicas that come and go.</summary>
[Trait("Kind", "Slow")]
public sealed class SignInAttemptsTests(SignInSite fixture) : IClassFixture<SignInSite>
{
    private readonly ProtectedSite _site = fixture.Site;

    [Fact]
    public async Task A_sign_in_ends_on_the_page_that_was_asked_for()
    {
        using var browser = new Browser();
        var page = await browser.NavigateAsync(Start("/reports/2026?page=3"));

        await browser.SignInAsync(page, ProtectedSite.Username, ProtectedSite.Password);

        Assert.Equal(new Uri(_site.ExternalHost, "/reports/2026?page=3"), browser.Trail[^1]);
        Assert.NotNull(_site.TicketOf(browser));
    }

    [Fact]
    public async Task Ten_first_requests_at_once_end_in_one_sign_in()
    {
        using var browser = new Browser();
        var starts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => browser.LookAsync(Start($"/page-{i}"))));
        var last = starts[7].Redirect!;

        var page = await browser.SignInAsync(await browser.NavigateAsync(last), ProtectedSite.Username, ProtectedSite.Password);

        Assert.True(_site.TicketOf(browser) is not null, page.ToString());
    }

    [Fact]
    public async Task Two_tabs_both_reach_their_page()
    {
        using var browser = new Browser();
        var first = await browser.LookAsync(Start("/first"));
        var second = await browser.LookAsync(Start("/second"));

        await browser.SignInAsync(await browser.NavigateAsync(second.Redirect!), ProtectedSite.Username, ProtectedSite.Password);
        Assert.Equal(new Uri(_site.ExternalHost, "/second"), browser.Trail[^1]);

        await browser.NavigateAsync(first.Redirect!);
        Assert.Equal(new Uri(_site.ExternalHost, "/first"), browser.Trail[^1]);
    }

    [Fact]
    public async Task A_bookmarked_callback_leads_to_a_sign_in_and_not_to_an_error()
    {
        using var before = new Browser();
        await before.SignInAsync(await before.NavigateAsync(Start("/")), ProtectedSite.Username, ProtectedSite.Password);
        var bookmark = before.Trail.Single(address => address.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal));

        using var other = new Browser();
        var page = await other.NavigateAsync(bookmark);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("/if/flow/", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Null(_site.TicketOf(other));
    }

    [Fact]
    public async Task A_callback_made_in_one_browser_never_signs_another_in()
    {
        using var attacker = new Browser();
        await attacker.SignInAsync(await attacker.NavigateAsync(Start("/")), ProtectedSite.Username, ProtectedSite.Password);

        // Signed in at the control plane, so that start leads straight to a callback, which the attacker keeps back.
        var authorize = (await attacker.LookAsync(Start("/"))).Redirect!;
        var callback = await UnusedCallbackAsync(attacker, authorize);

        using var victim = new Browser();
        await victim.LookAsync(Start("/"));
        await victim.NavigateAsync(callback);

        Assert.Null(_site.TicketOf(victim));
    }

    [Fact]
    public async Task An_applications_host_never_shows_the_control_planes_pages()
    {
        using var browser = new Browser();

        var page = await browser.LookAsync(new Uri(_site.ExternalHost, "if/flow/default-authentication-flow/"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("no-such-page", page.Text, StringComparison.Ordinal);
        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    [Theory]
    [InlineData("{0}:9000")]
    [InlineData("{0}:80")]
    [InlineData("{0}.:9443")]
    public async Task No_other_port_of_an_applications_host_shows_them_either(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_site.Server.Address, "if/flow/default-authentication-flow/"));
        request.Headers.Host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, _site.ExternalHost.Host);
        using var client = new HttpClient();

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        // A cookie belongs to all ports of its host (RFC 6265 section 8.5): the application would get the session's.
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Three_foreign_callbacks_in_a_row_end_on_a_page_instead_of_a_circle()
    {
        using var browser = new Browser();
        var callback = new Uri(_site.ExternalHost, "outpost.goauthentik.io/callback?X-authentik-auth-callback=true&code=x&state=y");

        var answers = new List<Page>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await browser.LookAsync(callback));
        }

        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.InternalServerError);
        Assert.All(answers, answer => Assert.Null(_site.TicketOf(browser)));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task What_is_no_navigation_gets_401_with_the_sign_in_address_and_no_cookie(string method)
    {
        var answer = await (_site.Question(null) with { Method = method, IsNavigation = false }).AskAsync(_site.Server.Address);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        Assert.Contains("/outpost.goauthentik.io/start", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_handshake_gets_401_even_from_a_page_that_navigates()
    {
        var question = _site.Question(null) with { MoreHeaders = new Dictionary<string, string> { ["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ==", ["Sec-WebSocket-Version"] = "13" } };

        Assert.Equal(HttpStatusCode.Unauthorized, (await question.AskAsync(_site.Server.Address)).Status);
    }

    [Fact]
    public async Task A_sign_in_that_one_outpost_starts_and_dies_another_finishes()
    {
        await using var first = await _site.AddOutpostAsync("first " + Guid.NewGuid().ToString("N")[..6]);
        await using var second = await _site.AddOutpostAsync("second " + Guid.NewGuid().ToString("N")[..6]);
        foreach (var outpost in new[] { first, second })
        {
            await (_site.Question(null) with { IsNavigation = false }).WaitForAsync(outpost.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));
        }

        var current = first;
        using var browser = new Browser(uri => uri.Host == _site.ExternalHost.Host ? current.HttpPort : uri.Port);
        var page = await browser.NavigateAsync(Start("/after"));
        await first.KillAsync();
        current = second;
        await browser.SignInAsync(page, ProtectedSite.Username, ProtectedSite.Password);

        var ticket = _site.TicketOf(browser);
        Assert.NotNull(ticket);
        Assert.Equal(HttpStatusCode.OK, (await _site.Question(ticket).AskAsync(second.Address)).Status);
    }

    [Fact]
    public async Task Requests_that_two_outposts_answer_in_turn_need_one_sign_in()
    {
        await using var other = await _site.AddOutpostAsync("other " + Guid.NewGuid().ToString("N")[..6]);
        using var browser = new Browser();
        var ticket = await _site.SignInAsync(browser);
        await _site.Question(ticket).WaitForAsync(other.Address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));

        for (var i = 0; i < 20; i++)
        {
            var outpost = i % 2 == 0 ? _site.Server.Address : other.Address;
            Assert.Equal(HttpStatusCode.OK, (await _site.Question(ticket).AskAsync(outpost)).Status);
        }
    }

    private Uri Start(string path) => new(_site.ExternalHost, "outpost.goauthentik.io/start?rd=" + Uri.EscapeDataString(new Uri(_site.ExternalHost, path).ToString()));

    private static async Task<Uri> UnusedCallbackAsync(Browser browser, Uri address)
    {
        for (var i = 0; i < 10; i++)
        {
            var next = (await browser.LookAsync(address)).Redirect ?? throw new InvalidOperationException($"{address} leads nowhere");
            if (next.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal))
            {
                return next;
            }

            address = next;
        }

        throw new InvalidOperationException("no callback after ten redirects");
    }
}
