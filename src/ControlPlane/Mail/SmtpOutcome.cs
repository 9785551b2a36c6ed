namespace Sidecar.ControlPlane.Mail;

/// <summary>How an attempt to send a mail ended.</summary>
internal abstract record SmtpOutcome
{
    private SmtpOutcome()
    {
    }

    /// <summary>The server took it and answers for it from now on.</summary>
    public sealed record Sent : SmtpOutcome;

    /// <summary>The server is away, busy or wrongly set up: another attempt may succeed.</summary>
    public sealed record TryLater(string Reason) : SmtpOutcome;

    /// <summary>No attempt will ever succeed.</summary>
    public sealed record Refused(string Reason) : SmtpOutcome;
}
