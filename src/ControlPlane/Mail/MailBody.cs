namespace Sidecar.ControlPlane.Mail;

/// <summary>What a mail says, twice: for programs that show pages, and for those that do not.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as a page; null: plain text alone.</param>
internal sealed record MailBody(string Text, string? Html = null)
{
    // It may hold a link that opens an account.
    public override string ToString() => nameof(MailBody);
}
