using CsCheck;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class HostileInputTests
{
    [Fact]
    public async Task No_ticket_with_a_changed_character_is_ever_200()
    {
        await using var outpost = new OutpostUnderTest();
        var ticket = outpost.TicketFor(outpost.Ana);
        await Gen.Select(Gen.Int[0, ticket.Length - 1], Gen.Char['\u0001', '\u00ff']).SampleAsync(
            async (at, with) =>
            {
                if (ticket[at] != with)
                {
                    var changed = string.Concat(ticket.AsSpan(0, at), [with], ticket.AsSpan(at + 1));
                    var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), changed));
                    // The last character of base64url may hold bits that nobody reads; such a text is the same ticket to the signature.
                    Assert.True(answer.Status == 401 || at == ticket.Length - 1 || ticket[at + 1] == '.', $"{at} {(int)with}: {answer.Status}");
                }
            },
            iter: 400);
    }

    [Fact]
    public async Task A_huge_cookie_is_refused_without_being_parsed()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), new string('a', 64 * 1024)));

        Assert.Equal(401, answer.Status);
    }

    [Theory]
    [InlineData("https://wiki.example/page?X-authentik-auth-callback=true")]
    [InlineData("https://wiki.example/page?X-authentik-logout=true")]
    [InlineData("https://wiki.example/public/?X-authentik-auth-callback=true")]
    [InlineData("https://wiki.example/public/?X-authentik-logout=TRUE")]
    public async Task The_query_signatures_never_end_in_200(string url)
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic()));
        foreach (var proxy in new[] { "traefik", "caddy", "envoy" })
        {
            foreach (var cookie in new[] { "", outpost.TicketCookie() })
            {
                Assert.True((await outpost.AskAsync(Question.Behind(proxy, url).WithCookie(cookie))).Status >= 300);
                Assert.True((await outpost.AskAsync(Question.Behind(proxy, url).WithCookie(cookie).Navigating())).Status >= 300);
            }
        }
    }

    private static Contracts.Snapshots.ApplicationRecord WithPublic()
    {
        var application = SnapshotBuilder.Application("wiki");
        return application with { Provider = application.Provider with { UnauthenticatedPaths = ["^/public/"] } };
    }
}
