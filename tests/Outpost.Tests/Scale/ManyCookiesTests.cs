using System.Security.Cryptography;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Scale;

/// <summary>A stranger who never tires: what an outpost holds does not grow with what strangers send.</summary>
[Trait("Kind", "Slow")]
[Collection(nameof(RunsAlone))]
public sealed class ManyCookiesTests
{
    private const int Cookies = 1_000_000;
    private const int OneRound = 10_000;

    // The runtime's own caches and pools still move a little.
    private const long FlatBytes = 4 * 1024 * 1024;

    [Fact]
    public async Task A_million_cookies_that_are_no_tickets_leave_memory_flat()
    {
        await using var outpost = new OutpostUnderTest();
        using var strangersKey = Contracts.Signing.EcKeys.Create();
        var stranger = new TicketMint(Guid.NewGuid(), strangersKey);
        await FloodAsync(outpost, stranger, Cookies / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await FloodAsync(outpost, stranger, Cookies);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, FlatBytes);
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()))).Status);
    }

    private static async Task FloodAsync(OutpostUnderTest outpost, TicketMint stranger, int count)
    {
        for (var sent = 0; sent < count; sent += OneRound)
        {
            await Parallel.ForAsync(0, OneRound, async (i, _) =>
            {
                var question = Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), Junk(stranger, i));
                Assert.Equal(401, (await outpost.AskAsync(question)).Status);
            });

            // The log's keeper is the test's own.
            outpost.Log.Clear();
        }
    }

    // Most have nothing of a ticket; some look like one, down to the signature.
    private static string Junk(TicketMint stranger, int i) => (i % 100) switch
    {
        0 => stranger.Mint("wiki-client", Guid.NewGuid(), Guid.NewGuid(), 1, 0, long.MaxValue / 2),
        < 50 => RandomNumberGenerator.GetHexString(64),
        _ => $"{RandomNumberGenerator.GetHexString(80)}.{RandomNumberGenerator.GetHexString(300)}.{RandomNumberGenerator.GetHexString(86)}",
    };
}
