using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.SignIn;

/// <summary>One attempt to sign in, as the sealed <c>state</c> (RFC 6749 section 4.1.1) carries it: the outpost itself stores nothing.</summary>
internal sealed class AttemptState
{
    public const string Purpose = "sidecar sign-in state 1";

    public const int LifetimeSeconds = 600;

    private const int VerifierBytes = 32;
    private const int NonceBytes = 16;
    private const int HeaderBytes = 1 + 8 + BrowserCookie.HashBytes + VerifierBytes + NonceBytes;

    private AttemptState(byte number, long expiresAt, byte[] browserHash, byte[] verifier, byte[] nonce, string returnUrl)
    {
        Number = number;
        ExpiresAt = expiresAt;
        BrowserHash = browserHash;
        ReturnUrl = returnUrl;
        CodeVerifier = Base64Url.EncodeToString(verifier);
        Nonce = Base64Url.EncodeToString(nonce);
        _verifier = verifier;
        _nonce = nonce;
    }

    private readonly byte[] _verifier;
    private readonly byte[] _nonce;

    /// <summary>1 for the first attempt; a callback that does not fit its browser starts the next one.</summary>
    public byte Number { get; }

    public long ExpiresAt { get; }

    public byte[] BrowserHash { get; }

    public string CodeVerifier { get; }

    public string Nonce { get; }

    public string ReturnUrl { get; }

    /// <summary>RFC 7636 section 4.2.</summary>
    public string CodeChallenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(CodeVerifier)));

    public static AttemptState Create(byte number, BrowserCookie browser, string returnUrl, long now) => new(
        number, now + LifetimeSeconds, browser.Hash(), RandomNumberGenerator.GetBytes(VerifierBytes), RandomNumberGenerator.GetBytes(NonceBytes), returnUrl);

    public string Seal(Sealer sealer)
    {
        var bytes = new byte[HeaderBytes + Encoding.UTF8.GetByteCount(ReturnUrl)];
        bytes[0] = Number;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), ExpiresAt);
        BrowserHash.CopyTo(bytes, 9);
        _verifier.CopyTo(bytes, 9 + BrowserCookie.HashBytes);
        _nonce.CopyTo(bytes, 9 + BrowserCookie.HashBytes + VerifierBytes);
        Encoding.UTF8.GetBytes(ReturnUrl, bytes.AsSpan(HeaderBytes));
        return sealer.Seal(Purpose, bytes);
    }

    /// <summary>Null when this provider never sealed it. It may have expired, and may belong to another browser: the caller asks.</summary>
    public static AttemptState? TryOpen(Sealer sealer, ReadOnlySpan<char> text)
    {
        var bytes = sealer.Open(Purpose, text);
        if (bytes is null || bytes.Length < HeaderBytes)
        {
            return null;
        }

        var hashEnd = 9 + BrowserCookie.HashBytes;
        return new AttemptState(
            bytes[0],
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)),
            bytes[9..hashEnd],
            bytes[hashEnd..(hashEnd + VerifierBytes)],
            bytes[(hashEnd + VerifierBytes)..HeaderBytes],
            Encoding.UTF8.GetString(bytes.AsSpan(HeaderBytes)));
    }
}
