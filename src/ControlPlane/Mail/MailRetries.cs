namespace Sidecar.ControlPlane.Mail;

/// <summary>How often a mail is tried: soon at first, because somebody waits for it, then ever more seldom, for about three hours altogether.</summary>
internal static class MailRetries
{
    public const int Attempts = 12;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <param name="attempts">Begun so far, at least one.</param>
    public static TimeSpan WaitAfter(int attempts) => First * Math.Pow(2, attempts - 1) is var wait && wait < Longest ? wait : Longest;
}
