using System.Globalization;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Delivery;

/// <summary>Notifications as mails. They go into the outbox, which keeps them over restarts and tries again.</summary>
internal sealed class NotificationMail(MailOutbox outbox, MailTemplates templates)
{
    /// <summary>To be saved by the caller. Whoever has no address is told nothing by mail.</summary>
    /// <param name="context">What saves it.</param>
    /// <param name="transport">Of mode email.</param>
    /// <param name="severity">Of the rule.</param>
    /// <param name="audit">The event; null: a test.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="now">The time, where there is no event.</param>
    public void Add(ControlPlaneContext context, NotificationTransport transport, NotificationSeverity severity, AuditEvent? audit, User receiver, DateTimeOffset now)
    {
        if (receiver.Email.Length == 0)
        {
            return;
        }

        var title = audit is null ? "This is a test." : EventText.Of(audit);
        outbox.Add(context, new OutgoingMail
        {
            To = [receiver.Email],
            Subject = transport.EmailSubjectPrefix + title,
            Body = templates.Render(MailTemplates.EventNotification, new Dictionary<string, string>
            {
                ["title"] = title,
                ["severity"] = severity.ToString().ToLowerInvariant(),
                ["at"] = (audit?.At ?? now).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            }),
        });
    }
}
