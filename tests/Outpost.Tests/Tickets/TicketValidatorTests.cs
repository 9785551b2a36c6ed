using System.Text.Json.Nodes;
using Sidecar.Decisions;
using Sidecar.Outpost.Tickets;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Tickets;

/// <summary>What a forged ticket meets is in <c>tests/Corpora/tickets.jsonl</c>.</summary>
public sealed class TicketValidatorTests
{
    private const long Now = 1_795_600_000;

    private readonly TicketMint _mint = new(SnapshotBuilder.Installation);

    [Fact]
    public async Task A_ticket_as_the_control_plane_makes_it_is_valid()
    {
        var outcome = await ValidateAsync(Change());

        Assert.NotNull(outcome.Ticket);
        Assert.Equal(7, outcome.Ticket.Revision);
    }

    [Fact]
    public async Task Another_installations_key_is_refused()
    {
        var other = new TicketMint(SnapshotBuilder.Installation);
        await RefusesAsync(other.Sign(other.Header(), Payload()));
        await RefusesAsync(Jws.Sign(_mint.Header(), Payload(), other.Key));
    }

    [Fact]
    public async Task Time_is_the_control_planes_with_half_a_minute_of_grace()
    {
        var text = Change(claims => claims["exp"] = Now);

        Assert.NotNull((await ValidateAsync(text, Now + 29)).Ticket);
        Assert.Equal(Reason.TicketExpired, (await ValidateAsync(text, Now + 30)).Reason);
    }

    private async Task RefusesAsync(string text)
    {
        var outcome = await ValidateAsync(text);
        Assert.Null(outcome.Ticket);
        Assert.Equal(Reason.TicketInvalid, outcome.Reason);
    }

    private async Task<TicketOutcome> ValidateAsync(string text, long now = Now) =>
        await TicketValidator.ValidateAsync(text, "wiki-client", new TicketKeyRing(SnapshotBuilder.Installation, [_mint.PublicKey]), now);

    private string Change(Action<JsonObject>? change = null)
    {
        var claims = Payload();
        change?.Invoke(claims);
        return _mint.Sign(_mint.Header(), claims);
    }

    private JsonObject Payload() => _mint.Payload("wiki-client", Guid.NewGuid(), Guid.NewGuid(), 7, Now, Now + 3600);
}
