using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task A_navigation_is_sent_to_the_authorization_endpoint_with_code_pkce_nonce_and_one_cookie()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/page?x=1").Navigating());

        Assert.Equal(302, answer.Status);
        Assert.StartsWith("https://auth.example/application/o/authorize/?response_type=code&", answer.Location, StringComparison.Ordinal);
        Assert.Equal("wiki-client", answer.Query("client_id"));
        Assert.Equal("https://wiki.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true", answer.Query("redirect_uri"));
        Assert.Equal("openid profile email ak_proxy", answer.Query("scope"));
        Assert.Equal("S256", answer.Query("code_challenge_method"));
        Assert.Equal(43, answer.Query("code_challenge").Length);
        Assert.NotEmpty(answer.Query("nonce"));
        var cookie = Assert.Single(answer.SetCookies);
        Assert.EndsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("page", answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callback_inside_a_check_sets_the_ticket_as_the_only_cookie_and_returns()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/page?x=1").Navigating());
        outpost.Accept(start, outpost.Ana);

        var done = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));

        Assert.Equal(302, done.Status);
        Assert.Equal("https://wiki.example/page?x=1", done.Location);
        var cookie = Assert.Single(done.SetCookies);
        Assert.StartsWith(OutpostUnderTest.CookieName() + "=ey", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure", cookie, StringComparison.Ordinal);
        var (code, verifier, redirectUri) = Assert.Single(outpost.ControlPlane.Redeemed);
        Assert.Equal("the-code", code);
        Assert.Equal(start.Query("redirect_uri"), redirectUri);
        Assert.Equal(start.Query("code_challenge"), Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/page").WithCookie(done.Cookie))).Status);
    }

    [Fact]
    public async Task The_callback_at_the_outpost_itself_signs_in_too()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Direct("https://wiki.example/outpost.goauthentik.io/start?rd=/deny?x=1&y=2").Navigating());
        outpost.Accept(start, outpost.Ana);

        var done = await outpost.AskAsync(
            Question.Direct($"https://wiki.example{SignInDriver.Callback}&code=c&state={start.Query("state")}").Navigating().WithCookie(start.Cookie));

        Assert.Equal("https://wiki.example/deny?x=1&y=2", done.Location);
        Assert.StartsWith(OutpostUnderTest.CookieName() + "=ey", done.Cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_domain_mode_cookies_are_for_the_domain_and_any_host_below_it_is_returned_to()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.DomainApplication("all", "example.com")));
        var start = await outpost.AskAsync(Question.Traefik("https://a.example.com/x").Navigating());
        Assert.EndsWith("; Domain=example.com", Assert.Single(start.SetCookies), StringComparison.Ordinal);
        Assert.StartsWith("https://login.example.com/outpost.goauthentik.io/callback", start.Query("redirect_uri"), StringComparison.Ordinal);
        outpost.Accept(start, outpost.Ana, "all");

        var done = await outpost.AskAsync(SignInDriver.CallbackOf(start, "https://login.example.com").WithCookie(start.Cookie));

        Assert.Equal("https://a.example.com/x", done.Location);
        Assert.EndsWith("; Domain=example.com", Assert.Single(done.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_domain_that_claims_no_hosts_is_no_place_to_return_to_either()
    {
        // No control plane saves it; a snapshot that has it costs only this application's other hosts.
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.DomainApplication("all", "example")));
        var start = await outpost.AskAsync(
            Question.Direct("https://login.example/outpost.goauthentik.io/start?rd=" + Uri.EscapeDataString("https://evil.example/")).Navigating());
        outpost.Accept(start, outpost.Ana, "all");

        Assert.DoesNotContain("Domain=", Assert.Single(start.SetCookies), StringComparison.Ordinal);
        Assert.Equal("https://login.example/", (await outpost.AskAsync(SignInDriver.CallbackOf(start, "https://login.example").WithCookie(start.Cookie))).Location);
    }

    [Fact]
    public async Task A_callback_made_in_another_browser_signs_nobody_in_and_starts_over()
    {
        await using var outpost = new OutpostUnderTest();
        var attacker = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(attacker, outpost.Ana);

        var victim = await outpost.AskAsync(SignInDriver.CallbackOf(attacker));

        Assert.Equal(302, victim.Status);
        Assert.StartsWith("https://auth.example/", victim.Location, StringComparison.Ordinal);
        Assert.Empty(outpost.ControlPlane.Redeemed);
        Assert.Contains("_signin=", Assert.Single(victim.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_victim_with_a_cookie_of_its_own_is_not_signed_in_by_a_foreign_callback()
    {
        await using var outpost = new OutpostUnderTest();
        var attacker = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        var victim = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(attacker, outpost.Ana);

        await outpost.AskAsync(SignInDriver.CallbackOf(attacker).WithCookie(victim.Cookie));

        Assert.Empty(outpost.ControlPlane.Redeemed);
    }

    [Fact]
    public async Task The_third_callback_without_its_cookie_is_a_page_and_not_another_redirect()
    {
        await using var outpost = new OutpostUnderTest();
        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/page").Navigating());
        for (var i = 0; i < 2; i++)
        {
            answer = await outpost.AskAsync(SignInDriver.CallbackOf(answer));
            Assert.Equal(302, answer.Status);
        }

        answer = await outpost.AskAsync(SignInDriver.CallbackOf(answer));

        Assert.Equal(403, answer.Status);
        Assert.Equal("sign-in-loop", answer.Reason);
        Assert.Contains("https://wiki.example/page", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_over_and_over_ends_in_a_page()
    {
        // The ticket is taken away by something between browser and outpost, so each sign-in succeeds and nothing changes.
        await using var outpost = new OutpostUnderTest();
        var cookie = "";
        Answer answer;
        var starts = 0;
        do
        {
            answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(cookie));
            cookie = answer.SetCookies.Length == 1 ? answer.Cookie : cookie;
            starts++;
        }
        while (answer.Status == 302 && starts < 50);

        Assert.Equal("sign-in-loop", answer.Reason);
        Assert.InRange(starts, 5, 20);

        outpost.Time.Advance(TimeSpan.FromSeconds(61));
        outpost.Get<Outpost.Contact.ContactClock>().Heard(outpost.Time.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.Equal(302, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating().WithCookie(cookie))).Status);
    }

    [Fact]
    public async Task A_replayed_callback_ends_well_for_who_is_signed_in_and_starts_over_for_who_is_not()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/page").Navigating());
        outpost.Accept(start, outpost.Ana);
        var done = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));
        outpost.ControlPlane.Redeem = _ => new RedeemOutcome.Refused("invalid_grant");

        var back = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie($"{start.Cookie}; {done.Cookie}"));
        Assert.Equal("https://wiki.example/page", back.Location);
        Assert.Empty(back.SetCookies);

        var without = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));
        Assert.StartsWith("https://auth.example/", without.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_callback_starts_over_for_the_same_place()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/page").Navigating());
        outpost.Accept(start, outpost.Ana);
        outpost.Time.Advance(TimeSpan.FromSeconds(601));
        outpost.Get<Outpost.Contact.ContactClock>().Heard(outpost.Time.GetUtcNow().ToUnixTimeMilliseconds());

        var again = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));

        Assert.Empty(outpost.ControlPlane.Redeemed);
        Assert.StartsWith("https://auth.example/", again.Location, StringComparison.Ordinal);
        outpost.Accept(again, outpost.Ana);
        Assert.Equal("https://wiki.example/page", (await outpost.AskAsync(SignInDriver.CallbackOf(again).WithCookie(again.Cookie))).Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&code=c")]
    [InlineData("&code=c&state=junk")]
    [InlineData("&code=c&state=")]
    [InlineData("&error=access_denied&state=junk")]
    public async Task A_foreign_callback_starts_over_and_never_redeems(string query)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik($"https://wiki.example{SignInDriver.Callback}{query}").Navigating());

        Assert.Equal(302, answer.Status);
        Assert.StartsWith("https://auth.example/", answer.Location, StringComparison.Ordinal);
        Assert.Empty(outpost.ControlPlane.Redeemed);
    }

    [Fact]
    public async Task A_state_of_one_application_is_nothing_at_another()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(start, outpost.Ana);

        await outpost.AskAsync(SignInDriver.CallbackOf(start, "https://mail.example").WithCookie(start.Cookie));

        Assert.Empty(outpost.ControlPlane.Redeemed);
    }

    [Theory]
    [InlineData("iss", "https://evil.example/")]
    [InlineData("aud", "mail-client")]
    [InlineData("nonce", "another")]
    public async Task An_ID_token_that_is_not_of_this_attempt_signs_nobody_in(string claim, string value)
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(start, outpost.Ana, idToken: claims => claims[claim] = value);

        var answer = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));

        Assert.Equal("sign-in-failed", answer.Reason);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_ticket_that_would_not_count_is_not_set()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(start, outpost.Ana, ticket: outpost.TicketFor(outpost.Ana, slug: "mail"));

        var answer = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));

        Assert.Equal("sign-in-failed", answer.Reason);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_refusal_of_the_authorization_endpoint_is_a_page_that_says_so_without_markup()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());

        var answer = await outpost.AskAsync(Question.Traefik(
            $"https://wiki.example{SignInDriver.Callback}&error=access_denied%3Cscript%3E&state={start.Query("state")}").Navigating().WithCookie(start.Cookie));

        Assert.Equal(403, answer.Status);
        Assert.Equal("sign-in-failed", answer.Reason);
        Assert.Contains("access_denied", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task With_the_control_plane_away_a_callback_is_a_clear_page_and_a_start_is_no_redirect()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.ControlPlane.IsAway = true;

        var callback = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie));
        Assert.Equal(503, callback.Status);
        Assert.Equal("control-plane-away", callback.Reason);

        outpost.Time.Advance(TimeSpan.FromSeconds(40));
        var later = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        Assert.Equal("control-plane-away", later.Reason);

        outpost.Get<Outpost.Contact.ContactClock>().Heard(outpost.Time.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.Equal(302, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating())).Status);
    }

    [Fact]
    public async Task Two_tabs_and_ten_requests_at_once_share_one_browser_value_and_each_ends_well()
    {
        await using var outpost = new OutpostUnderTest();
        var first = await outpost.AskAsync(Question.Traefik("https://wiki.example/a").Navigating());
        var second = await outpost.AskAsync(Question.Traefik("https://wiki.example/b").Navigating().WithCookie(first.Cookie));
        Assert.Equal(first.Cookie.Split('.')[0], second.Cookie.Split('.')[0]);

        outpost.Accept(second, outpost.Ana);
        Assert.Equal("https://wiki.example/b", (await outpost.AskAsync(SignInDriver.CallbackOf(second).WithCookie(second.Cookie))).Location);
        outpost.Accept(first, outpost.Ana);
        Assert.Equal("https://wiki.example/a", (await outpost.AskAsync(SignInDriver.CallbackOf(first).WithCookie(second.Cookie))).Location);
    }

    [Fact]
    public async Task Ten_first_requests_without_a_cookie_leave_the_last_one_able_to_finish()
    {
        await using var outpost = new OutpostUnderTest();
        var starts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => outpost.AskAsync(Question.Traefik($"https://wiki.example/{i}").Navigating())));
        var last = starts[^1];
        outpost.Accept(last, outpost.Ana);

        Assert.Equal("https://wiki.example/9", (await outpost.AskAsync(SignInDriver.CallbackOf(last).WithCookie(last.Cookie))).Location);

        // An earlier one comes back with the cookie of the last: it starts over once and ends well.
        var early = await outpost.AskAsync(SignInDriver.CallbackOf(starts[0]).WithCookie(last.Cookie));
        Assert.Equal(302, early.Status);
        outpost.Accept(early, outpost.Ana);
        Assert.Equal("https://wiki.example/0", (await outpost.AskAsync(SignInDriver.CallbackOf(early).WithCookie(early.Cookie))).Location);
    }

    [Fact]
    public async Task Before_the_public_address_is_set_a_sign_in_says_what_is_missing()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.Application("wiki")).WithPublicUrl(""));

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());

        Assert.Equal(503, answer.Status);
        Assert.Equal("not-configured", answer.Reason);
    }

    [Fact]
    public async Task The_browser_host_replaces_the_control_planes_own_for_browsers_only()
    {
        await using var outpost = new OutpostUnderTest(hostBrowser: "https://login.company.example/");

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());

        Assert.StartsWith("https://login.company.example/application/o/authorize/?", answer.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "navigate")]
    [InlineData("GET", "cors")]
    [InlineData("GET", "no-cors")]
    [InlineData("GET", "websocket")]
    [InlineData("OPTIONS", "cors")]
    public async Task Only_a_navigation_is_redirected(string method, string mode)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/api", method).Navigating().With("Sec-Fetch-Mode", mode));

        Assert.Equal(401, answer.Status);
        Assert.Empty(answer.SetCookies);
        Assert.Empty(answer.Headers.WWWAuthenticate.ToString());
        Assert.Equal("not-signed-in", (string?)answer.Json["reason"]);
        Assert.Equal("https://wiki.example/outpost.goauthentik.io/start", (string?)answer.Json["sign_in_url"]);
    }

    [Fact]
    public async Task A_websocket_handshake_gets_401()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(
            Question.Traefik("wss://wiki.example/socket").With("Accept", "text/html").With("Sec-WebSocket-Key", "x").With("Upgrade", "websocket"));

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Behind_nginx_a_check_answers_401_without_cookies_or_redirects()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Nginx("https://wiki.example/").Navigating());

        Assert.Equal(401, answer.Status);
        Assert.Empty(answer.SetCookies);
        Assert.Empty(answer.Location);
    }

    [Fact]
    public async Task Behind_envoy_a_navigation_goes_to_the_outposts_own_start_and_no_callback_is_redeemed_in_a_check()
    {
        await using var outpost = new OutpostUnderTest();

        var start = await outpost.AskAsync(Question.Envoy("https://wiki.example/page?x=1").Navigating());
        Assert.Equal("https://wiki.example/outpost.goauthentik.io/start?rd=https%3A%2F%2Fwiki.example%2Fpage%3Fx%3D1", start.Location);
        Assert.Empty(start.SetCookies);

        var callback = await outpost.AskAsync(Question.Envoy($"https://wiki.example{SignInDriver.Callback}&code=c&state=s").Navigating());
        Assert.Equal("callback-in-check", callback.Reason);
        Assert.Equal(403, callback.Status);
        Assert.Empty(outpost.ControlPlane.Redeemed);
    }

    [Fact]
    public async Task Cookies_are_Secure_exactly_when_people_come_by_https()
    {
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(application with { Provider = application.Provider with { ExternalHost = "http://wiki.example:8080" } }));

        var start = await outpost.AskAsync(Question.Traefik("http://wiki.example:8080/page").Navigating());

        Assert.EndsWith("; HttpOnly; SameSite=Lax", Assert.Single(start.SetCookies), StringComparison.Ordinal);
        Assert.StartsWith("http://wiki.example:8080/outpost.goauthentik.io/callback?", start.Query("redirect_uri"), StringComparison.Ordinal);
        outpost.Accept(start, outpost.Ana);
        var done = await outpost.AskAsync(SignInDriver.CallbackOf(start, "http://wiki.example:8080").WithCookie(start.Cookie));
        Assert.Equal("http://wiki.example:8080/page", done.Location);
        Assert.DoesNotContain("Secure", Assert.Single(done.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fetches_the_callback_does_not_use_up_the_code()
    {
        await using var outpost = new OutpostUnderTest();
        var start = await outpost.AskAsync(Question.Traefik("https://wiki.example/").Navigating());
        outpost.Accept(start, outpost.Ana);

        var answer = await outpost.AskAsync(SignInDriver.CallbackOf(start).WithCookie(start.Cookie).With("Sec-Fetch-Mode", "cors"));

        Assert.Equal(403, answer.Status);
        Assert.Empty(outpost.ControlPlane.Redeemed);
    }
}
