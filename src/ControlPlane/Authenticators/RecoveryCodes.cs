using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Recovery codes: shown once, stored as a keyed hash, which without the secret key of the installation nobody can guess at.</summary>
internal sealed class RecoveryCodes(KeyWrap wrap)
{
    /// <summary>Fewer could be guessed.</summary>
    public const int MinLength = 8;

    public const int MaxLength = 100;

    private const string Purpose = "authenticator/static";

    // Without what looks alike in print: i, l, o, 0, 1.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    public static IReadOnlyList<string> New(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetString(Alphabet, length))];

    public StaticToken Store(string code) => new() { Hash = HashOf(code) };

    /// <summary>People type codes in capitals and in groups.</summary>
    public byte[] HashOf(string typed)
    {
        var plain = new string([.. typed.Where(character => !char.IsWhiteSpace(character) && character != '-')]).ToLowerInvariant();
        return wrap.Fingerprint(Purpose, Encoding.UTF8.GetBytes(plain));
    }
}
