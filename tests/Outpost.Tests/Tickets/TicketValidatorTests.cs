using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sidecar.Decisions;
using Sidecar.Outpost.Tickets;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Tickets;

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

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES384")]
    [InlineData("alg", "es256")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", "sidecar-assertion+jwt")]
    [InlineData("typ", "application/sidecar-ticket+jwt")]
    [InlineData("typ", "")]
    [InlineData("kid", "other")]
    [InlineData("kid", "../../key")]
    [InlineData("kid", "")]
    public async Task Any_other_header_is_refused_although_the_signature_is_right(string member, string value) =>
        await RefusesAsync(Change(header => header[member] = value));

    [Theory]
    [InlineData("alg")]
    [InlineData("typ")]
    [InlineData("kid")]
    public async Task A_missing_header_member_is_refused(string member) => await RefusesAsync(Change(header => header.Remove(member)));

    [Theory]
    [InlineData("jwk", "{}")]
    [InlineData("jku", "https://evil.example/keys")]
    [InlineData("x5u", "https://evil.example/cert")]
    public async Task A_key_that_the_ticket_brings_itself_is_never_used(string member, string value)
    {
        var evil = new TicketMint(SnapshotBuilder.Installation);
        await RefusesAsync(Jws.Sign(
            new JsonObject { ["alg"] = "ES256", ["typ"] = "sidecar-ticket+jwt", ["kid"] = _mint.PublicKey.Kid, [member] = value }, Payload(), evil.Key));
    }

    [Theory]
    [InlineData("iss", "urn:sidecar:00000000-0000-0000-0000-000000000000")]
    [InlineData("iss", "https://auth.example/application/o/wiki/")]
    [InlineData("aud", "mail-client")]
    [InlineData("aud", "wiki-client/")]
    [InlineData("aud", "WIKI-CLIENT")]
    [InlineData("sub", "ana")]
    [InlineData("sub", "")]
    [InlineData("sid", "1")]
    [InlineData("rev", "x")]
    [InlineData("exp", "tomorrow")]
    public async Task Any_other_claim_is_refused(string member, string value) => await RefusesAsync(Change(payload: claims => claims[member] = value));

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("sid")]
    [InlineData("rev")]
    [InlineData("exp")]
    public async Task A_missing_claim_is_refused(string member) => await RefusesAsync(Change(payload: claims => claims.Remove(member)));

    [Fact]
    public async Task A_ticket_for_two_audiences_is_refused() =>
        await RefusesAsync(Change(payload: claims => claims["aud"] = new JsonArray("wiki-client", "mail-client")));

    [Fact]
    public async Task Another_installations_key_is_refused()
    {
        var other = new TicketMint(SnapshotBuilder.Installation);
        await RefusesAsync(other.Sign(other.Header(), Payload()));
        await RefusesAsync(Jws.Sign(_mint.Header(), Payload(), other.Key));
    }

    [Fact]
    public async Task An_HMAC_with_the_public_key_is_refused()
    {
        var message = Jws.Message(new JsonObject { ["alg"] = "HS256", ["typ"] = "sidecar-ticket+jwt", ["kid"] = _mint.PublicKey.Kid }, Payload());
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_mint.PublicKey.X), Encoding.ASCII.GetBytes(message));
        await RefusesAsync($"{message}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}");
    }

    [Fact]
    public async Task Time_is_the_control_planes_with_half_a_minute_of_grace()
    {
        var text = Change(payload: claims => claims["exp"] = Now);

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

    private string Change(Action<JsonObject>? header = null, Action<JsonObject>? payload = null)
    {
        var head = _mint.Header();
        var claims = Payload();
        header?.Invoke(head);
        payload?.Invoke(claims);
        return _mint.Sign(head, claims);
    }

    private JsonObject Payload() => _mint.Payload("wiki-client", Guid.NewGuid(), Guid.NewGuid(), 7, Now, Now + 3600);
}
