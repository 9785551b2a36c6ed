using Sidecar.Contracts.Principals;
using Sidecar.Decisions;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Everything that a 200 says about one principal to one application, made once per principal revision and snapshot: a hit only writes references.
/// </summary>
internal sealed class IdentityAnswer
{
    /// <summary>What a hit reads of one before its texts: for <see cref="Tickets.Prefetch"/>.</summary>
    public const int Lines = 4;

    private const long Never = -1;

    private long _stoodAt = Never;
    private int _renewing;

    /// <summary>The snapshot's application that it was made for; another object means another snapshot.</summary>
    public required ApplicationView Application { get; init; }

    /// <summary>The very copy of the principal that it was made from; null when nobody is signed in.</summary>
    public required Principal? Principal { get; init; }

    public required PrincipalFacts? Facts { get; init; }

    /// <summary>Of the proof that it belongs to.</summary>
    public Guid LiveId { get; init; }

    /// <summary>What the application's bindings say about the principal: both are the ones above.</summary>
    public Decision OnPerson { get; init; }

    /// <summary><see cref="PrincipalMarks.SlotOf"/> the principal.</summary>
    public int Slot { get; init; }

    public string Username { get; init; } = "";

    public string Groups { get; init; } = "";

    public string Entitlements { get; init; } = "";

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public string Assertion { get; init; } = "";

    /// <summary>Unix seconds of control-plane time: the end of the proof or of the assertion. The answer is never used from then on.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>From then on the next request has it made anew.</summary>
    public long RenewAt { get; init; } = long.MaxValue;

    /// <summary><c>Basic …</c> for the application, or null.</summary>
    public string? Authorization { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Additional { get; init; } = [];

    /// <summary>Bytes that names and values take in the answer.</summary>
    public int Size { get; set; }

    /// <summary>
    /// Whether the table still holds the very copy of the principal that this was made from (that one was active and listed the session or credential), and the
    /// session was not ended here. Looked up only when something has changed since the last time.
    /// </summary>
    public bool Stands(PrincipalTable principals)
    {
        // Read before the tables: a change meanwhile makes a higher number, and so the next request looks again.
        var mark = principals.MarkOf(Slot);
        return Volatile.Read(ref _stoodAt) == mark || StandsAt(mark, principals);
    }

    private bool StandsAt(long mark, PrincipalTable principals)
    {
        if (Principal is null || !principals.TryGet(Principal.Id, out var held) || !ReferenceEquals(held, Principal) || principals.IsEnded(LiveId))
        {
            return false;
        }

        Volatile.Write(ref _stoodAt, mark);
        return true;
    }

    /// <summary>True for exactly one caller: the one who makes the next.</summary>
    public bool TryClaimRenewal() => Volatile.Read(ref _renewing) == 0 && Interlocked.Exchange(ref _renewing, 1) == 0;
}
