using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.SignIn;

public sealed class ParallelSignInTests
{
    private const int People = 1_000;

    [Fact]
    public async Task A_thousand_people_who_sign_in_at_once_are_not_mixed_up()
    {
        // peers.md 77.
        await using var outpost = new OutpostUnderTest();
        var grants = new ConcurrentDictionary<string, RedeemOutcome>();
        outpost.ControlPlane.Redeem = code => grants[code];
        var people = Enumerable.Range(0, People).Select(i => OutpostUnderTest.NewPrincipal($"user-{i}", Guid.NewGuid())).ToList();

        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (person, _) =>
        {
            var start = await outpost.AskAsync(Question.Traefik($"https://wiki.example/{person.Username}").Navigating());
            grants[person.Username] = Grant(outpost, person, start.Query("nonce"));

            var done = await outpost.AskAsync(SignInDriver.CallbackOf(start, code: person.Username).WithCookie(start.Cookie));
            Assert.Equal($"https://wiki.example/{person.Username}", done.Location);

            for (var i = 0; i < 3; i++)
            {
                var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(done.Cookie));
                Assert.Equal((200, person.Username), (answer.Status, answer.Headers["X-authentik-username"].ToString()));
                Assert.Equal(person.Uid, (string?)Jws.Payload(answer.Headers["X-authentik-jwt"].ToString())["sub"]);
            }
        });
    }

    private static RedeemOutcome.Redeemed Grant(OutpostUnderTest outpost, Principal person, string nonce)
    {
        var claims = new JsonObject { ["iss"] = SnapshotBuilder.Provider("wiki").Issuer, ["aud"] = "wiki-client", ["sub"] = person.Uid, ["nonce"] = nonce, ["exp"] = outpost.Now + 300 };
        var idToken = Jws.Sign(new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT" }, claims, outpost.Mint.Key);
        return new RedeemOutcome.Redeemed(idToken, new TicketGrant { Ticket = outpost.TicketFor(person), Principal = person });
    }
}
