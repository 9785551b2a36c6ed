using System.Net;
using System.Text.RegularExpressions;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.SignOut;

public sealed partial class SignOutTests
{
    private const string Url = "https://wiki.example/outpost.goauthentik.io/sign_out";

    [Theory]
    [InlineData("same-origin")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task A_person_who_means_it_is_signed_out_at_once_everywhere(string site)
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);

        var answer = await outpost.AskAsync(Question.Traefik(Url).Navigating().With("Sec-Fetch-Site", site).WithCookie(cookie));

        Assert.Equal(302, answer.Status);
        Assert.Equal("https://auth.example/application/o/wiki/end-session/", answer.Location);
        Assert.StartsWith(OutpostUnderTest.CookieName() + "=; Path=/; Max-Age=0", Assert.Single(answer.SetCookies), StringComparison.Ordinal);
        Assert.Equal([outpost.Session], outpost.ControlPlane.Ended);
        var after = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie));
        Assert.Equal("session-ended", after.Reason);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData(null)]
    [InlineData("junk")]
    public async Task Another_site_can_only_make_the_browser_show_a_question(string? site)
    {
        // authentik 6.4, 6.
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        foreach (var url in new[] { Url, "https://wiki.example/page?X-authentik-logout=true" })
        {
            var question = Question.Traefik(url).Navigating().WithCookie(cookie);
            var answer = await outpost.AskAsync(site is null ? question : question.With("Sec-Fetch-Site", site));

            Assert.Equal(403, answer.Status);
            Assert.Equal("sign-out-confirm", answer.Reason);
            Assert.Empty(answer.SetCookies);
            Assert.Empty(outpost.ControlPlane.Ended);
            Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Status);
        }
    }

    [Fact]
    public async Task The_pages_own_link_signs_out_once_it_is_followed()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        var link = await ConfirmLinkAsync(outpost, cookie);

        var answer = await outpost.AskAsync(Question.Traefik(link).Navigating().With("Sec-Fetch-Site", "cross-site").WithCookie(cookie));

        Assert.Equal(302, answer.Status);
        Assert.Equal([outpost.Session], outpost.ControlPlane.Ended);
    }

    [Fact]
    public async Task The_link_is_good_for_one_ticket_and_for_minutes()
    {
        await using var outpost = new OutpostUnderTest();
        var eve = OutpostUnderTest.NewPrincipal("eve", Guid.NewGuid());
        outpost.Apply(eve);
        var evesLink = await ConfirmLinkAsync(outpost, $"{OutpostUnderTest.CookieName()}={outpost.TicketFor(eve)}");
        Assert.Equal(
            "sign-out-confirm",
            (await outpost.AskAsync(Question.Traefik(evesLink).Navigating().With("Sec-Fetch-Site", "cross-site").WithCookie(outpost.TicketCookie()))).Reason);

        var cookie = outpost.TicketCookie();
        var link = await ConfirmLinkAsync(outpost, cookie);
        outpost.Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(
            "sign-out-confirm",
            (await outpost.AskAsync(Question.Traefik(link).Navigating().With("Sec-Fetch-Site", "cross-site").WithCookie(cookie))).Reason);
        Assert.Empty(outpost.ControlPlane.Ended);
    }

    [Theory]
    [InlineData("cors", "same-origin")]
    [InlineData("no-cors", "same-origin")]
    public async Task A_script_or_an_image_signs_nobody_out(string mode, string site)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(
            Question.Traefik(Url).With("Sec-Fetch-Mode", mode).With("Sec-Fetch-Site", site).WithCookie(outpost.TicketCookie()));

        Assert.Equal(403, answer.Status);
        Assert.Empty(outpost.ControlPlane.Ended);
    }

    [Fact]
    public async Task With_the_control_plane_away_the_session_is_refused_here_and_the_page_says_so()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        outpost.ControlPlane.IsAway = true;

        var answer = await outpost.AskAsync(Question.Traefik(Url).Navigating().With("Sec-Fetch-Site", "none").WithCookie(cookie));

        Assert.Equal(401, answer.Status);
        Assert.Equal("signed-out", answer.Reason);
        Assert.Contains("as soon as it is back", answer.Body, StringComparison.Ordinal);
        Assert.Single(answer.SetCookies);
        Assert.Equal("session-ended", (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Reason);
        Assert.False(Assert.Single(outpost.Get<Outpost.Sessions.EndedSessions>().All).Delivered);
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_is_told_so_and_nothing_ends()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Direct(Url).Navigating().With("Sec-Fetch-Site", "none"));

        Assert.Equal(401, answer.Status);
        Assert.Equal("signed-out", answer.Reason);
        Assert.Empty(outpost.ControlPlane.Ended);
    }

    [Fact]
    public async Task Behind_envoy_a_sign_out_goes_to_the_outposts_own_address()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(SnapshotBuilder.DomainApplication("all", "corp.example")));

        var answer = await outpost.AskAsync(
            Question.Envoy("https://a.corp.example/x?X-authentik-logout=true").Navigating().WithCookie(outpost.TicketCookie("all")));

        Assert.Equal("https://a.corp.example/outpost.goauthentik.io/sign_out", answer.Location);
        Assert.Empty(outpost.ControlPlane.Ended);
    }

    private static async Task<string> ConfirmLinkAsync(OutpostUnderTest outpost, string cookie)
    {
        var page = await outpost.AskAsync(Question.Traefik(Url).Navigating().With("Sec-Fetch-Site", "cross-site").WithCookie(cookie));
        return WebUtility.HtmlDecode(Link().Match(page.Body).Groups[1].Value);
    }

    [GeneratedRegex("class=\"button\" href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
