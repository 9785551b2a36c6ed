namespace Sidecar.ControlPlane.Attempts;

/// <summary>
/// How many wrong guesses are free and how long the next must wait.
/// <para>
/// An account: 10, then a wait that doubles from 30 seconds to 30 minutes. That allows about 65 guesses in a day, fewer than the 100 that NIST SP 800-63B-4
/// (3.2.2) allows altogether, and never locks an owner out for longer than half an hour. It forgets after a success, or after a day without a guess.
/// </para>
/// <para>An address (IPv6: a /64): 50 in 15 minutes, then 15 minutes. Many people share an office's address, so it is wider.</para>
/// </summary>
internal static class AttemptLimits
{
    public const int FreePerAccount = 10;
    public const int FreePerAddress = 50;

    /// <summary>Mails that one client address may cause in a window.</summary>
    public const int MailsPerAddress = 50;

    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan AccountMemory = TimeSpan.FromDays(1);
    public static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(15);

    /// <summary>Waits after the 10th, 11th, … wrong guess.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits = [.. AccountWaits()];

    private static IEnumerable<TimeSpan> AccountWaits()
    {
        var wait = FirstWait;
        for (; wait < LongestWait; wait *= 2)
        {
            yield return wait;
        }

        yield return LongestWait;
    }
}
