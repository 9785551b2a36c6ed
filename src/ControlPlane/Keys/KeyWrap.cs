using System.Security.Cryptography;
using System.Text;

namespace Sidecar.ControlPlane.Keys;

/// <summary>
/// Wraps secrets at rest with AES-256-GCM under a key from <c>AUTHENTIK_SECRET_KEY</c>. The purpose is authenticated: a value moved to another column does not open.
/// </summary>
internal sealed class KeyWrap(string secretKey)
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secretKey), 32, info: "sidecar/control-plane/wrap/1"u8.ToArray());

    private readonly byte[] _fingerprintKey = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secretKey), 32, info: "sidecar/control-plane/fingerprint/1"u8.ToArray());

    /// <summary>The same for the same secret and purpose, and to be had only with the secret key: for what is looked up but never shown again.</summary>
    public byte[] Fingerprint(string purpose, ReadOnlySpan<byte> secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _fingerprintKey);
        mac.AppendData(Encoding.UTF8.GetBytes(purpose + "\0"));
        mac.AppendData(secret);
        return mac.GetHashAndReset();
    }

    public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[HeaderBytes + secret.Length];
        wrapped[0] = Version;
        var nonce = wrapped.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(HeaderBytes), wrapped.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return wrapped;
    }

    /// <summary>The secret, or null when it was wrapped under another secret key or purpose, or is damaged.</summary>
    public byte[]? TryUnwrap(string purpose, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < HeaderBytes || wrapped[0] != Version)
        {
            return null;
        }

        var secret = new byte[wrapped.Length - HeaderBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(
                wrapped.Slice(1, NonceBytes), wrapped[HeaderBytes..], wrapped.Slice(1 + NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(purpose));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped) =>
        TryUnwrap(purpose, wrapped) ?? throw new CryptographicException(
            $"A stored secret ({purpose}) does not open: AUTHENTIK_SECRET_KEY is not the one that this database was made with.");
}
