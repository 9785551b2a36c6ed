using System.Text;
using MimeKit;
using Sidecar.ControlPlane.Api.Validation;

namespace Sidecar.ControlPlane.Mail;

/// <summary>Makes messages (RFC 5322). Each text goes into one header or one part, whatever it holds.</summary>
internal static class MailMessages
{
    /// <summary>Null: an address is none.</summary>
    /// <param name="mail">What to send.</param>
    /// <param name="id">The same for each attempt, so that a mailbox that gets it twice can tell.</param>
    /// <param name="from">Of <see cref="SmtpServer.From"/>.</param>
    /// <param name="at">When it was written.</param>
    public static MimeMessage? Make(OutgoingMail mail, Guid id, string from, DateTimeOffset at)
    {
        if (!MailboxAddress.TryParse(from, out var sender) || !mail.To.Concat(mail.Cc).Concat(mail.Bcc).All(EmailText.IsValid))
        {
            return null;
        }

        var message = new MimeMessage
        {
            Subject = MailText.OneLine(mail.Subject),
            Date = at,
            MessageId = $"{id:N}@{sender.Domain}",
            Body = new BodyBuilder { TextBody = mail.Body.Text, HtmlBody = mail.Body.Html }.ToMessageBody(),
        };
        message.From.Add(sender);
        message.To.AddRange(mail.To.Select(Mailbox));
        message.Cc.AddRange(mail.Cc.Select(Mailbox));
        message.Bcc.AddRange(mail.Bcc.Select(Mailbox));

        // RFC 3834: no holiday answers to a program.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MailboxAddress Mailbox(string address) => new(Encoding.UTF8, "", address);
}
