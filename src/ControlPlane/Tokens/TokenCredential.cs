using System.Security.Cryptography;

namespace Sidecar.ControlPlane.Tokens;

/// <summary>
/// The id that outposts and access tokens know a token's secret by. It is another one as soon as the secret is replaced, so that what was given out on the
/// strength of the old secret ends, wherever it is asked for again.
/// </summary>
internal static class TokenCredential
{
    public static Guid IdOf(Token token) => IdOf(token.Id, token.Hash);

    /// <param name="token">The token's id; it keeps the result from being compared with hashes of guessed secrets.</param>
    /// <param name="hash">See <see cref="Token.Hash"/>.</param>
    public static Guid IdOf(Guid token, ReadOnlySpan<byte> hash)
    {
        Span<byte> text = stackalloc byte[16 + SHA256.HashSizeInBytes];
        token.TryWriteBytes(text);
        hash.CopyTo(text[16..]);
        return new Guid(SHA256.HashData(text).AsSpan(0, 16));
    }
}
