using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.Tests.Tickets;

public sealed class TicketGlanceTests
{
    [Theory]
    [InlineData("authentik_proxy_0123abcd=x")]
    [InlineData("a=b; authentik_proxy_0123abcd=x; c=d")]
    [InlineData("authentik_proxy_0123abcd_other=y; authentik_proxy_0123abcd=x")]
    [InlineData("authentik_proxy_=y; authentik_proxy_0123=y; authentik_proxy_0123abcd=x")]
    public void The_only_cookie_that_can_be_a_ticket_is_found(string header)
    {
        var glance = TicketGlance.At(header);

        Assert.True(glance.IsOnly);
        Assert.Equal("x", glance.Only.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("authentik_proxy_0123abcd")]
    [InlineData("authentik_proxy_0123abcde=x")]
    [InlineData("AUTHENTIK_PROXY_0123abcd=x")]
    [InlineData("authentik_proxy_0123abcd=x; authentik_proxy_ffffffff=y")]
    [InlineData("authentik_proxy_0123abcd=x; authentik_proxy_0123abcd=x")]
    public void None_and_several_are_not_one(string header)
    {
        var glance = TicketGlance.At(header);

        Assert.False(glance.IsOnly);
        Assert.True(glance.Only.IsEmpty);
    }

    [Theory]
    [InlineData("authentik_proxy_0123abcd=x", true)]
    [InlineData("authentik_proxy_0123abce=x", false)]
    [InlineData("authentik_proxy_0123ABCD=x", false)]
    [InlineData("authentik_proxy_0123=bcd=x", false)]
    public void A_name_counts_in_all_its_characters(string header, bool expected)
    {
        var slots = default(CookieSlots);
        Assert.Equal(1, CookieReader.Find(header, TicketCookieName.Prefix, TicketCookieName.Digits, ref slots));

        Assert.Equal(expected, new TicketCookieName("authentik_proxy_0123abcd").IsOf(slots[0]));
    }

    [Fact]
    public void Another_name_than_a_tickets_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TicketCookieName("authentik_proxy_0123abcde"));
}
