using System.Text.Json;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Mail;

/// <summary>Where mails wait to be sent. A mail is added to the context of whatever causes it and is saved, or not, with it.</summary>
internal sealed class MailOutbox(KeyWrap wrap, TimeProvider time)
{
    private const string Purpose = "mail/content";

    /// <summary>Sent once the context has saved, in the background, and tried again while the mail server is away.</summary>
    public void Add(ControlPlaneContext context, OutgoingMail mail)
    {
        var now = time.GetUtcNow();
        context.QueuedMails.Add(new QueuedMail { Content = wrap.Wrap(Purpose, JsonSerializer.SerializeToUtf8Bytes(mail)), CreatedAt = now, NextAttemptAt = now });
        context.HasNewMail = true;
    }

    /// <summary>Null: it was wrapped under another secret key, or is damaged.</summary>
    public OutgoingMail? Open(QueuedMail mail) =>
        wrap.TryUnwrap(Purpose, mail.Content) is { } content ? JsonSerializer.Deserialize<OutgoingMail>(content) : null;
}
