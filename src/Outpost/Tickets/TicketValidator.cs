using System.Buffers;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sidecar.Contracts.Tickets;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// The only place where a text becomes a ticket (RFC 7519 section 7.2, RFC 8725): algorithm, type, issuer, audience and expiry pinned, the key chosen by its
/// id among those of the snapshot, never by anything else that the text says.
/// </summary>
internal static class TicketValidator
{
    // A ticket has about 550 bytes; browsers cut cookies at 4096.
    public const int MaxLength = 4096;

    private const string CriticalHeader = "crit";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <param name="text">The cookie's value.</param>
    /// <param name="clientId">The audience it must name, alone.</param>
    /// <param name="ring">The keys of the snapshot in force.</param>
    /// <param name="now">Control-plane time, Unix seconds.</param>
    public static async ValueTask<TicketOutcome> ValidateAsync(string text, string clientId, TicketKeyRing ring, long now)
    {
        if (!IsShaped(text))
        {
            return TicketOutcome.Invalid;
        }

        var result = await Handler.ValidateTokenAsync(text, Parameters(clientId, ring));
        return result is { IsValid: true, SecurityToken: JsonWebToken token } ? Read(token, text, clientId, ring, now) : TicketOutcome.Invalid;
    }

    // Cheap, and before anything is parsed: junk costs no signature check.
    private static bool IsShaped(string text) =>
        text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed) && text.AsSpan().Count('.') == 2;

    private static TokenValidationParameters Parameters(string clientId, TicketKeyRing ring) => new()
    {
        ValidAlgorithms = [Ticket.Algorithm],
        ValidTypes = [Ticket.Type],
        ValidIssuer = ring.Issuer,
        ValidAudience = clientId,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        IssuerSigningKeys = ring.Keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromSeconds(CachedTicket.ClockSkewSeconds),
        // The library would judge by this machine's clock; Read judges by the control plane's.
        LifetimeValidator = static (_, expires, _, _) => expires is not null,
    };

    private static TicketOutcome Read(JsonWebToken token, string text, string clientId, TicketKeyRing ring, long now)
    {
        // "crit" names what must be understood, and nothing of it is (RFC 7515 section 4.1.11); the library reads over it.
        if (token.Typ != Ticket.Type || token.Alg != Ticket.Algorithm || token.Audiences.Count() != 1
            || token.TryGetHeaderValue<object>(CriticalHeader, out _)
            || !TryGuid(token, JwtRegisteredClaimNames.Sub, out var subject)
            || !TryGuid(token, Ticket.SessionClaim, out var session)
            || !token.TryGetPayloadValue<long>(Ticket.RevisionClaim, out var revision)
            || !token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expires))
        {
            return TicketOutcome.Invalid;
        }

        var ticket = new CachedTicket(Encoding.ASCII.GetBytes(text), clientId, subject, session, revision, expires, ring);
        return ticket.ExpiresAt > now ? new TicketOutcome(ticket, default) : TicketOutcome.Expired;
    }

    private static bool TryGuid(JsonWebToken token, string claim, out Guid value)
    {
        value = default;
        return token.TryGetPayloadValue<string>(claim, out var text) && Guid.TryParseExact(text, "D", out value);
    }
}
