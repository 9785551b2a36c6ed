using Sidecar.Contracts.Principals;
using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Everything that a 200 says about one principal to one application, made once per principal revision and snapshot: a hit only writes references.
/// </summary>
internal sealed class IdentityAnswer
{
    private int _renewing;

    /// <summary>The snapshot's application that it was made for; another object means another snapshot.</summary>
    public required ApplicationView Application { get; init; }

    /// <summary>The very copy of the principal that it was made from; null when nobody is signed in.</summary>
    public required Principal? Principal { get; init; }

    public required PrincipalFacts? Facts { get; init; }

    public string Username { get; init; } = "";

    public string Groups { get; init; } = "";

    public string Entitlements { get; init; } = "";

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public string Assertion { get; init; } = "";

    /// <summary>Unix seconds of control-plane time; the answer is never used from then on.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>From then on the next request has it made anew.</summary>
    public long RenewAt { get; init; } = long.MaxValue;

    /// <summary><c>Basic …</c> for the application, or null.</summary>
    public string? Authorization { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Additional { get; init; } = [];

    /// <summary>Bytes that names and values take in the answer.</summary>
    public int Size { get; set; }

    /// <summary>True for exactly one caller: the one who makes the next.</summary>
    public bool TryClaimRenewal() => Volatile.Read(ref _renewing) == 0 && Interlocked.Exchange(ref _renewing, 1) == 0;
}
