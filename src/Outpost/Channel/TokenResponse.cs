using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Channel;

/// <summary>Reads the answer of the token endpoint (RFC 6749 section 5).</summary>
internal static class TokenResponse
{
    public static RedeemOutcome Read(int status, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind != JsonValueKind.Object ? new RedeemOutcome.Unavailable()
                : status == 200 ? ReadGrant(document.RootElement)
                : status is 400 or 401 ? new RedeemOutcome.Refused(TextOf(document.RootElement, "error") ?? "invalid_grant")
                : new RedeemOutcome.Unavailable();
        }
        catch (JsonException)
        {
            return new RedeemOutcome.Unavailable();
        }
    }

    private static RedeemOutcome ReadGrant(JsonElement root) =>
        TextOf(root, "id_token") is { } idToken
        && root.TryGetProperty(TicketGrant.MemberName, out var member)
        && member.Deserialize(ContractsJson.Default.TicketGrant) is { } grant
            ? new RedeemOutcome.Redeemed(idToken, grant)
            : new RedeemOutcome.Refused("no_ticket");

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
