using System.Text;
using System.Text.Json;
using Sidecar.Contracts.Tickets;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Fuzz.Targets;

/// <summary>
/// <c>s</c>, line feed, a JOSE header, line feed, claims: signed by the target, so that what is read after the signature is reached; <c>{KID}</c>,
/// <c>{ISS}</c>, <c>{SUB}</c> and <c>{SID}</c> stand for the right values. <c>c</c>, line feed, a <c>Cookie</c> header, in which <c>{TICKET}</c> stands for Ana's ticket.
/// </summary>
internal sealed class TicketTarget : FuzzTarget
{
    private static readonly string CookieName = Ticket.CookieName(FuzzScene.ClientId);

    private readonly TicketKeyRing _ring = new(FuzzScene.Installation, [FuzzScene.PublicKey]);

    public override string Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
        {
            return Skipped;
        }

        var text = Text(input[2..]);
        return input[0] switch
        {
            (byte)'s' => ReadSigned(Fill(text).Split('\n', 2)),
            (byte)'c' => ReadCookies(text.Replace("{TICKET}", FuzzScene.AnasTicket, StringComparison.Ordinal).Replace("{NAME}", CookieName, StringComparison.Ordinal)),
            _ => Skipped,
        };
    }

    private static string Fill(string text) => text
        .Replace("{KID}", FuzzScene.PublicKey.Kid, StringComparison.Ordinal)
        .Replace("{ISS}", Ticket.IssuerOf(FuzzScene.Installation), StringComparison.Ordinal)
        .Replace("{SUB}", FuzzScene.Ana.Id.ToString("D"), StringComparison.Ordinal)
        .Replace("{SID}", FuzzScene.Session.ToString("D"), StringComparison.Ordinal);

    private string ReadSigned(string[] parts)
    {
        if (parts.Length != 2 || Validate(FuzzScene.Sign(parts[0], parts[1])) is not { } ticket)
        {
            return "refused";
        }

        Check(ticket, parts[0], parts[1]);
        return "accepted";
    }

    private string ReadCookies(string header)
    {
        var accepted = "refused";
        var slots = default(CookieSlots);
        var count = CookieReader.Find(header, CookieName, ref slots);
        for (var i = 0; i < count; i++)
        {
            var value = slots[i].Value.ToString();
            if (Validate(value) is not null)
            {
                Require(value == FuzzScene.AnasTicket, "no text but the ticket is one");
                accepted = "accepted";
            }
        }

        CookieStripper.Without(header, CookieName, CookieName + "_signin");
        return accepted;
    }

    private CachedTicket? Validate(string text)
    {
        var validating = TicketValidator.ValidateAsync(text, FuzzScene.ClientId, _ring, FuzzScene.Now);
        return (validating.IsCompleted ? validating.Result : validating.AsTask().GetAwaiter().GetResult()).Ticket;
    }

    private static void Check(CachedTicket ticket, string header, string claims)
    {
        using var head = Parse(header);
        using var body = Parse(claims);
        Require(Is(head, "alg", Ticket.Algorithm) && Is(head, "typ", Ticket.Type) && Is(head, "kid", FuzzScene.PublicKey.Kid), "algorithm, type and key are pinned");
        Require(Is(body, "iss", Ticket.IssuerOf(FuzzScene.Installation)), "the issuer is this installation");
        Require(Audience(body) == FuzzScene.ClientId, "the application is the only audience");
        Require(ticket.PrincipalId == Guid.Parse(Value(body, "sub")!) && ticket.Session == Guid.Parse(Value(body, Ticket.SessionClaim)!), "subject and session are those that were signed");
        Require(ticket.Expires == body.RootElement.GetProperty("exp").GetInt64() && ticket.ExpiresAt > FuzzScene.Now, "it has not expired");
    }

    private static JsonDocument Parse(string json) => JsonDocument.Parse(Encoding.UTF8.GetBytes(json));

    private static bool Is(JsonDocument document, string name, string value) => Value(document, name) == value;

    private static string? Value(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Audience(JsonDocument document) => document.RootElement.GetProperty("aud") switch
    {
        { ValueKind: JsonValueKind.String } single => single.GetString(),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 => list[0].GetString(),
        _ => null,
    };
}
