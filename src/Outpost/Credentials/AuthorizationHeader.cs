using System.Text;

namespace Sidecar.Outpost.Credentials;

/// <summary>Reads <c>Authorization</c>: bearer (RFC 6750 section 2.1) and basic (RFC 7617 section 2).</summary>
internal static class AuthorizationHeader
{
    /// <summary>The user name under which a basic password is a token, for clients that can only do basic.</summary>
    public const string TokenUser = "goauthentik.io/token";

    public const int MaxLength = 8192;

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>False for what is neither, and for what no client of ours sends.</returns>
    public static bool TryRead(string header, out ClientCredential credential)
    {
        credential = default;
        if (header.Length > MaxLength || !Ascii.IsValid(header))
        {
            return false;
        }

        if (IsBearer(header))
        {
            var token = header[Bearer.Length..].Trim();
            credential = new ClientCredential(null, token);
            return token.Length > 0 && !token.Contains(' ', StringComparison.Ordinal);
        }

        return header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && TryReadBasic(header[Basic.Length..].Trim(), out credential);
    }

    public static bool IsBearer(string header) => header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    private static bool TryReadBasic(string text, out ClientCredential credential)
    {
        credential = default;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || !TryDecode(bytes.AsSpan(0, length), out var pair))
        {
            return false;
        }

        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == pair.Length - 1 || pair.Any(char.IsControl))
        {
            return false;
        }

        var user = pair[..colon];
        credential = new ClientCredential(user == TokenUser ? null : user, pair[(colon + 1)..]);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
