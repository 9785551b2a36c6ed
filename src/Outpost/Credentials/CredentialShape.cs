using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Sidecar.Contracts.Credentials;
using Sidecar.Contracts.Tickets;

namespace Sidecar.Outpost.Credentials;

/// <summary>Whether a text can be a credential at all. What cannot is refused without asking anybody.</summary>
internal static class CredentialShape
{
    private const int MaxToken = 4096;
    private const int MaxHeader = 1024;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    public static bool IsPlausible(in ClientCredential credential) =>
        CredentialFormat.IsWellFormed(credential.Secret) || (credential.Username is null && IsForeignJwt(credential.Secret));

    /// <summary>A JWT that somebody signed and that is not one of our tickets: those count in their cookie only, whoever holds them.</summary>
    private static bool IsForeignJwt(string text)
    {
        if (text.Length > MaxToken || text.EndsWith('.') || text.AsSpan().ContainsAnyExcept(TokenCharacters) || text.AsSpan().Count('.') != 2)
        {
            return false;
        }

        var header = text.AsSpan(0, text.IndexOf('.', StringComparison.Ordinal));
        if (header.Length is 0 or > MaxHeader || !Base64Url.IsValid(header))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String
                && !"none".Equals(algorithm.GetString(), StringComparison.OrdinalIgnoreCase) && !IsTicket(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second one: an escaped half of a character, which no text can hold (RFC 8259 section 8.2).
            return false;
        }
    }

    // Media types compare without regard to case, with or without application/ (RFC 7515 section 4.1.9).
    private static bool IsTicket(JsonElement header) =>
        header.TryGetProperty("typ", out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString()!.EndsWith(Ticket.Type, StringComparison.OrdinalIgnoreCase);
}
