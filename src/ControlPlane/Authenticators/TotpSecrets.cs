using System.Security.Cryptography;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Keys of authenticator applications: made here, wrapped at rest.</summary>
internal sealed class TotpSecrets(KeyWrap wrap)
{
    private const string Purpose = "authenticator/totp";

    // RFC 4226, 4: at least 128 bits, 160 recommended.
    private const int Bytes = 20;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public byte[] NewWrapped() => wrap.Wrap(Purpose, RandomNumberGenerator.GetBytes(Bytes));

    public byte[] Open(byte[] wrapped) => wrap.Unwrap(Purpose, wrapped);

    /// <summary>As applications want it typed: base 32 (RFC 4648) without padding.</summary>
    public static string Text(ReadOnlySpan<byte> key)
    {
        var text = new System.Text.StringBuilder();
        int bits = 0, held = 0;
        foreach (var octet in key)
        {
            bits = (bits << 8) | octet;
            for (held += 8; held >= 5; held -= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            }

            bits &= 0xFF;
        }

        return held > 0 ? text.Append(Alphabet[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The address that a QR code carries (Google Authenticator's key URI format).</summary>
    public static string AddressOf(ReadOnlySpan<byte> key, string issuer, string username, int digits)
    {
        // A colon ends the issuer in the label.
        var safe = Uri.EscapeDataString(issuer.Replace(':', ' '));
        return $"otpauth://totp/{safe}:{Uri.EscapeDataString(username)}?secret={Text(key)}&algorithm=SHA1&digits={digits}&period={TotpCode.StepSeconds}&issuer={safe}";
    }
}
