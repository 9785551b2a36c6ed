using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.SignIn;

/// <summary>
/// The random value that ties a sign-in to the browser that began it: <c>random.starts.since</c>. Only the random part is a secret; the counter beside it finds
/// a browser that is sent to sign in over and over, and whoever changes it fools only himself.
/// </summary>
internal sealed class BrowserCookie
{
    public const int HashBytes = 32;

    /// <summary>More starts than this in one window are a loop, not a person.</summary>
    public const int MaxStarts = 12;

    public const int WindowSeconds = 60;

    // 128 bits.
    private const int RandomBytes = 16;
    private const int RandomLength = 22;

    private readonly string _random;
    private readonly int _starts;
    private readonly long _since;

    private BrowserCookie(string random, int starts, long since)
    {
        _random = random;
        _starts = starts;
        _since = since;
    }

    public string Value => string.Create(CultureInfo.InvariantCulture, $"{_random}.{_starts}.{_since}");

    public bool IsLoop => _starts > MaxStarts;

    public static string NameFor(string ticketCookie) => ticketCookie + "_signin";

    /// <summary>The cookie for the next start: the same random value, so that tabs do not undo each other's attempts.</summary>
    public static BrowserCookie Next(BrowserCookie? previous, long now)
    {
        var random = previous?._random ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return previous is not null && now - previous._since is >= 0 and < WindowSeconds
            ? new BrowserCookie(random, previous._starts + 1, previous._since)
            : new BrowserCookie(random, 1, now);
    }

    public static BrowserCookie? TryParse(ReadOnlySpan<char> value)
    {
        if (value.Length is < RandomLength or > RandomLength + 40
            || !Base64Url.IsValid(value[..RandomLength], out var length) || length != RandomBytes)
        {
            return null;
        }

        var rest = value[RandomLength..];
        var dot = rest.LastIndexOf('.');
        return dot > 1 && rest[0] == '.'
            && int.TryParse(rest[1..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var starts)
            && long.TryParse(rest[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
                ? new BrowserCookie(value[..RandomLength].ToString(), Math.Min(starts, MaxStarts), since)
                : null;
    }

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(_random));

    public bool Matches(AttemptState state) => CryptographicOperations.FixedTimeEquals(Hash(), state.BrowserHash);
}
