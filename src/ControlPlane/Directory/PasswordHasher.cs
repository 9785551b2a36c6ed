using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Sidecar.ControlPlane.Directory;

/// <summary>Argon2id (RFC 9106) in PHC form: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>.</summary>
internal static class PasswordHasher
{
    // OWASP's first choice: about 11 ms and 19 MiB here, the work an attacker must do for each guess.
    private const int MemoryKiB = 19_456;
    private const int Passes = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Bounds what a damaged or planted row can make the server do.
    private const int MaxMemoryKiB = 1 << 20;
    private const int MaxPasses = 64;
    private const int MaxImportMemoryKiB = 131_072;
    private const int MaxImportPasses = 8;

    // A hash of nothing: verified against when there is no such user, so that the answer takes as long.
    private static readonly Lazy<string> Decoy = new(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(password, salt, MemoryKiB, Passes, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Passes},p=1${Encode(salt)}${Encode(hash)}");
    }

    /// <summary>Takes as long for a user without a password, or for nobody, as for a wrong password.</summary>
    public static bool Verify(string? stored, string password)
    {
        var usable = Parse(stored) is not null;
        var (salt, hash, memory, passes) = Parse(stored) ?? Parse(Decoy.Value)!.Value;
        var same = CryptographicOperations.FixedTimeEquals(hash, Derive(password, salt, memory, passes, hash.Length));
        return same && usable;
    }

    /// <summary>Whether <see cref="Verify"/> can ever say yes to it.</summary>
    public static bool CanVerify(string stored) => Parse(stored) is not null;

    /// <summary>
    /// Whether a hash from elsewhere may be kept until its user signs in: as strong as today's, and not so costly that guesses at this one account would use up the server.
    /// </summary>
    public static bool MayImport(string stored) => Parse(stored) is (_, _, >= MemoryKiB and <= MaxImportMemoryKiB, >= Passes and <= MaxImportPasses);

    /// <summary>Made with other parameters than today's: hash again at the next sign-in.</summary>
    public static bool IsOutdated(string stored) => Parse(stored) is not (_, _, MemoryKiB, Passes);

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int memoryKiB, int passes, int count) =>
        PasswordBasedKeyDerivationAlgorithm
            .Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = passes })
            .DeriveBytes(password, salt, count);

    private static (byte[] Salt, byte[] Hash, int Memory, int Passes)? Parse(string? stored)
    {
        var parts = stored?.Split('$') ?? [];
        return parts is ["", "argon2id", "v=19", var parameters, var salt, var hash]
            && parameters.Split(',') is [['m', '=', .. var m], ['t', '=', .. var t], "p=1"]
            && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var memory) && memory is >= 8 and <= MaxMemoryKiB
            && int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var passes) && passes is >= 1 and <= MaxPasses
            && TryDecode(salt) is { Length: SaltBytes } saltBytes && TryDecode(hash) is { Length: >= 16 and <= 64 } hashBytes
                ? (saltBytes, hashBytes, memory, passes)
                : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? TryDecode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }
}
