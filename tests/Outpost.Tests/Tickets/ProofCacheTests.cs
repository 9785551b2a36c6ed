using System.Text;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.Tests.Tickets;

public sealed class ProofCacheTests
{
    private static readonly TicketKeyRing Ring = new(Guid.NewGuid(), []);

    [Fact]
    public void Finds_only_the_same_bytes_for_the_same_provider()
    {
        var cache = new ProofCache<CachedTicket>(1000);
        Add(cache, "abc");

        Assert.NotNull(cache.Find("abc", "wiki"));
        Assert.Null(cache.Find("abd", "wiki"));
        Assert.Null(cache.Find("ab", "wiki"));
        Assert.Null(cache.Find("abc", "mail"));
        Assert.Null(cache.Find("ab\u0463", "wiki"));
    }

    [Fact]
    public void Texts_with_the_end_that_is_hashed_in_common_are_told_apart()
    {
        var cache = new ProofCache<CachedTicket>(1000, hashed: 4);
        Add(cache, "one-tail");
        Add(cache, "two-tail");

        Assert.Equal("one-tail", Encoding.ASCII.GetString(cache.Find("one-tail", "wiki")!.Text));
        Assert.Equal("two-tail", Encoding.ASCII.GetString(cache.Find("two-tail", "wiki")!.Text));
        Assert.Null(cache.Find("six-tail", "wiki"));
        Assert.Null(cache.Find("tail", "wiki"));
        Assert.Null(cache.Find("", "wiki"));
    }

    [Fact]
    public void Holds_what_it_promises_and_never_more()
    {
        var cache = new ProofCache<CachedTicket>(5_000);
        for (var i = 0; i < 5_000; i++)
        {
            Add(cache, "ticket-" + i);
        }

        Assert.Equal(5_000, cache.Count);
        Assert.All(Enumerable.Range(0, 5_000), i => Assert.NotNull(cache.Find("ticket-" + i, "wiki")));
        for (var i = 0; i < 20_000; i++)
        {
            Add(cache, "more-" + i);
            Assert.True(cache.Count <= 5_000);
        }
    }

    [Fact]
    public void Who_is_in_use_stays_when_room_is_made()
    {
        var cache = new ProofCache<CachedTicket>(500);
        Add(cache, "busy");
        for (var i = 0; i < 20_000; i++)
        {
            Add(cache, "other-" + i);
            Assert.NotNull(cache.Find("busy", "wiki"));
        }
    }

    [Fact]
    public void The_same_text_again_replaces_itself_and_an_expired_one_gives_way()
    {
        var cache = new ProofCache<CachedTicket>(1000);
        Add(cache, "abc");
        Add(cache, "abc");
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task Readers_and_writers_at_once_never_see_another_ones_entry()
    {
        var cache = new ProofCache<CachedTicket>(300);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var text = "ticket-" + ((i * (worker + 1)) % 900);
                if (cache.Find(text, "wiki") is { } found)
                {
                    Assert.Equal(text, Encoding.ASCII.GetString(found.Text));
                }
                else
                {
                    Add(cache, text);
                }
            }
        })));
    }

    private static void Add(ProofCache<CachedTicket> cache, string text) =>
        cache.Add(new CachedTicket(Encoding.ASCII.GetBytes(text), "wiki", Guid.NewGuid(), Guid.NewGuid(), 1, 1_000_000, Ring), text, now: 1);
}
