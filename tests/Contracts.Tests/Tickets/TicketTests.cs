using Sidecar.Contracts.Tickets;

namespace Sidecar.Contracts.Tests.Tickets;

public sealed class TicketTests
{
    [Fact]
    public void The_cookie_is_named_as_authentik_names_it() =>
        Assert.Equal("authentik_proxy_2c26b46b", Ticket.CookieName("foo"));

    [Fact]
    public void The_issuer_is_the_installation() =>
        Assert.Equal("urn:sidecar:0197a3c0-0000-7000-8000-000000000001", Ticket.IssuerOf(Guid.Parse("0197A3C0-0000-7000-8000-000000000001")));
}
