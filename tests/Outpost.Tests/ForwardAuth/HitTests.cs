using Microsoft.AspNetCore.Http;
using Sidecar.Contracts.Tickets;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.Outpost.Tickets;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.ForwardAuth;

/// <summary>What a hit remembers must never outlive what it was made from. Each asks twice first, so that everything is remembered.</summary>
public sealed class HitTests
{
    private const string Page = "https://wiki.example/page";

    [Fact]
    public async Task A_change_that_was_told_ends_what_is_kept_before_the_new_principal_is_there()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);
        outpost.ControlPlane.IsAway = true;

        outpost.Get<PrincipalTable>().Invalidate(outpost.Ana.Id, outpost.Ana.Revision + 1);

        Assert.Equal("principal-unavailable", await ReasonAsync(outpost, cookie));
    }

    [Fact]
    public async Task A_change_that_is_held_already_ends_nothing()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);

        outpost.Get<PrincipalTable>().Invalidate(outpost.Ana.Id, outpost.Ana.Revision);

        Assert.Equal(200, await StatusAsync(outpost, cookie));
        Assert.Equal(0, outpost.ControlPlane.Fetches);
    }

    [Fact]
    public async Task A_person_whom_this_outpost_may_no_longer_read_is_out()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);
        outpost.ControlPlane.Principals.Clear();

        outpost.Get<PrincipalTable>().Drop(outpost.Ana.Id);

        Assert.Equal("session-ended", await ReasonAsync(outpost, cookie));
    }

    [Fact]
    public async Task A_session_that_was_ended_here_is_over_and_the_persons_others_are_not()
    {
        await using var outpost = new OutpostUnderTest();
        var other = Guid.NewGuid();
        outpost.ChangeAna(ana => ana with { Sessions = [outpost.Session, other] });
        var cookie = await KnownAsync(outpost);
        var elsewhere = $"{OutpostUnderTest.CookieName()}={outpost.TicketFor(outpost.Ana, other)}";
        Assert.Equal(200, await StatusAsync(outpost, elsewhere));

        outpost.Get<PrincipalTable>().EndSession(outpost.Session);

        Assert.Equal("session-ended", await ReasonAsync(outpost, cookie));
        Assert.Equal(200, await StatusAsync(outpost, elsewhere));
    }

    [Fact]
    public async Task A_group_that_was_taken_away_is_missed_at_once_and_given_back_at_once()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(OutpostUnderTest.Staff))));
        var cookie = await KnownAsync(outpost);

        outpost.ChangeAna(ana => ana with { Groups = [] });
        Assert.Equal("not-bound", await ReasonAsync(outpost, cookie));

        outpost.ChangeAna(ana => ana with { Groups = [OutpostUnderTest.Staff.Id] });
        Assert.Equal(200, await StatusAsync(outpost, cookie));
    }

    [Fact]
    public async Task A_ticket_with_a_known_signature_but_other_words_is_no_ticket()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);
        var payload = cookie.IndexOf('.', StringComparison.Ordinal) + 5;

        var forged = cookie[..payload] + (cookie[payload] == 'A' ? 'B' : 'A') + cookie[(payload + 1)..];

        Assert.Equal("ticket-invalid", await ReasonAsync(outpost, forged));
    }

    [Fact]
    public async Task A_known_ticket_counts_only_under_its_own_applications_cookie_and_host()
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));
        var cookie = await KnownAsync(outpost);
        var ticket = cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..];

        Assert.Equal("not-signed-in", await ReasonAsync(outpost, cookie, "https://mail.example/page"));
        Assert.Equal("ticket-invalid", await ReasonAsync(outpost, $"{OutpostUnderTest.CookieName("mail")}={ticket}", "https://mail.example/page"));
        Assert.Equal("not-signed-in", await ReasonAsync(outpost, $"{OutpostUnderTest.CookieName("mail")}={ticket}"));
    }

    [Theory]
    [InlineData("authentik_proxy_00000000=x; {0}")]
    [InlineData("{0}; authentik_proxy_00000000=x; authentik_proxy_11111111=y; authentik_proxy_22222222=z; authentik_proxy_33333333=q")]
    [InlineData("authentik_proxy_1=345678=x; {0}")]
    [InlineData("authentik_proxy_00000000_signin=x; {0}")]
    [InlineData("authentik_proxy_=; authentik_proxy_0; {0}")]
    public async Task Cookies_with_names_like_ours_take_nothing_away(string cookies)
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);

        Assert.Equal(200, await StatusAsync(outpost, string.Format(null, cookies, cookie)));
    }

    [Fact]
    public async Task Two_known_tickets_of_two_people_are_nobody()
    {
        await using var outpost = new OutpostUnderTest();
        var bob = OutpostUnderTest.NewPrincipal("bob", Guid.NewGuid());
        outpost.Apply(bob);
        var ana = await KnownAsync(outpost);
        var other = $"{Ticket.CookieName("wiki-client")}={outpost.TicketFor(bob)}";
        Assert.Equal(200, await StatusAsync(outpost, other));

        Assert.Equal("two-users", await ReasonAsync(outpost, $"{ana}; {other}"));
    }

    [Fact]
    public async Task A_ticket_that_nobody_shows_any_more_keeps_no_snapshot_of_the_past()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = await KnownAsync(outpost);
        var ticket = cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var kept = outpost.Get<ProofCache<CachedTicket>>().Find(ticket, "wiki-client")!;

        outpost.Get<OutdatedAnswers>().Forget();
        Assert.NotNull(kept.Answer);
        outpost.Serve(builder => builder.With(SnapshotBuilder.Application("mail")).With(SnapshotBuilder.Application("wiki")));
        outpost.Get<OutdatedAnswers>().Forget();
        Assert.Null(kept.Answer);

        Assert.Equal(StatusCodes.Status200OK, await StatusAsync(outpost, cookie));
        Assert.NotNull(kept.Answer);
    }

    private static async Task<string> KnownAsync(OutpostUnderTest outpost)
    {
        var cookie = outpost.TicketCookie();
        Assert.Equal(StatusCodes.Status200OK, await StatusAsync(outpost, cookie));
        Assert.Equal(StatusCodes.Status200OK, await StatusAsync(outpost, cookie));
        return cookie;
    }

    private static async Task<int> StatusAsync(OutpostUnderTest outpost, string cookie) =>
        (await outpost.AskAsync(Question.Traefik(Page).WithCookie(cookie))).Status;

    private static async Task<string> ReasonAsync(OutpostUnderTest outpost, string cookie, string page = Page)
    {
        var answer = await outpost.AskAsync(Question.Traefik(page).WithCookie(cookie));
        Assert.NotEqual(StatusCodes.Status200OK, answer.Status);
        return answer.Reason;
    }
}
