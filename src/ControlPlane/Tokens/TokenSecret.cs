using System.Text;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Tokens;

/// <summary>Makes, replaces and shows the secret of a token.</summary>
internal static class TokenSecret
{
    private const string Purpose = "token/key";

    public static Token Create(KeyWrap wrap, string identifier, TokenIntent intent, Guid userId, DateTimeOffset now, string? secret = null)
    {
        var key = secret ?? CredentialFormat.Create();
        return new Token
        {
            Identifier = identifier,
            Intent = intent,
            UserId = userId,
            CreatedAt = now,
            Hash = CredentialFormat.HashOf(key),
            KeyWrapped = wrap.Wrap(Purpose, Encoding.UTF8.GetBytes(key)),
        };
    }

    public static void Replace(Token token, KeyWrap wrap, string secret)
    {
        token.Hash = CredentialFormat.HashOf(secret);
        token.KeyWrapped = wrap.Wrap(Purpose, Encoding.UTF8.GetBytes(secret));
    }

    public static string Show(Token token, KeyWrap wrap) => Encoding.UTF8.GetString(wrap.Unwrap(Purpose, token.KeyWrapped));
}
