namespace Sidecar.Decisions;

/// <summary>
/// What keeps a path from being normalised: everything that a proxy and an application have been seen to read differently. A path with a fault matches
/// no public rule; the last three are refused to everybody. Ordered: of several faults, the highest is told.
/// </summary>
public enum PathFault : byte
{
    None = 0,

    /// <summary>Longer than <see cref="PathNormalizer.MaxLength"/>.</summary>
    TooLong,

    /// <summary>A character that a URI cannot hold (RFC 3986 section 3.3): raw space, raw byte above 0x7F.</summary>
    IllegalCharacter,

    /// <summary><c>%</c> without two hexadecimal digits, or bytes that are not UTF-8.</summary>
    BadEncoding,

    /// <summary><c>%25</c>: decoded once, it is the percent sign of another encoding to whoever decodes twice.</summary>
    DoubleEncoding,

    /// <summary>A control character other than NUL, percent-encoded.</summary>
    EncodedControl,

    /// <summary>A character that Unicode compatibility folding (NFKC, Windows best fit) turns into one of those that matter: <c>．</c>, <c>／</c>, <c>；</c>.</summary>
    LookAlike,

    /// <summary><c>;</c>, <c>?</c> or <c>#</c>, raw or encoded: some servers cut the path, or a piece of it, off there before they route.</summary>
    Delimiter,

    /// <summary>Encoded slash, or backslash: one segment or two. Real applications use them, so who is signed in may.</summary>
    Separator,

    /// <summary>Empty, or without the leading slash.</summary>
    NotAbsolute,

    /// <summary>
    /// <c>.</c> or <c>..</c> as a segment, in whatever encoding, also before <c>;</c> and with spaces behind. Clients remove them before they send, so one that is left was
    /// put there to reach another route at the proxy or the application (CVE-2026-48020, CVE-2026-40912, CVE-2026-65600).
    /// </summary>
    DotSegment,

    /// <summary>A raw control character, or NUL in any form.</summary>
    ControlCharacter,
}
