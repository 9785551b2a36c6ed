using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Tickets;

namespace Sidecar.TestKit.Tickets;

/// <summary>Makes tickets as the control plane's issuer does, and wrong ones by changing a copy.</summary>
public sealed class TicketMint(Guid installation, ECDsa? key = null)
{
    public ECDsa Key { get; } = key ?? EcKeys.Create();

    public PublicKeyRecord PublicKey => EcKeys.Publish(Key);

    public string Mint(string clientId, Guid user, Guid session, long revision, long issuedAt, long expiresAt) =>
        Sign(Header(), Payload(clientId, user, session, revision, issuedAt, expiresAt));

    public JsonObject Header() => new() { ["alg"] = Ticket.Algorithm, ["typ"] = Ticket.Type, ["kid"] = PublicKey.Kid };

    public JsonObject Payload(string clientId, Guid user, Guid session, long revision, long issuedAt, long expiresAt) => new()
    {
        ["iss"] = Ticket.IssuerOf(installation),
        ["aud"] = clientId,
        ["sub"] = user.ToString("D"),
        [Ticket.SessionClaim] = session.ToString("D"),
        ["iat"] = issuedAt,
        ["exp"] = expiresAt,
        [Ticket.AuthenticationTimeClaim] = issuedAt,
        [Ticket.MethodsClaim] = new JsonArray("pwd"),
        [Ticket.RevisionClaim] = revision,
    };

    public string Sign(JsonObject header, JsonObject payload) => Jws.Sign(header, payload, Key);
}
