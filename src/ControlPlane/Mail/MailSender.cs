using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Mail;

/// <summary>
/// Sends what waits in the outbox. One replica sends a mail: the one that moved its next attempt on. A process that dies between the server's yes and the end
/// of the mail here sends it again, under the same message id: rather twice than never.
/// </summary>
internal sealed class MailSender(Database database, MailOutbox outbox, MailSignal signal, ControlPlaneOptions options, TimeProvider time, ILogger<MailSender> log) : BackgroundService
{
    /// <summary>As its events name it.</summary>
    public const string App = "sidecar.mail";

    private const int Batch = 20;

    // On SQLite this process is the only one that adds mails; elsewhere another replica may have died with one.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    // The work around an attempt.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Tries every mail whose time has come, once. When the next one's comes; null: none waits.</summary>
    public async Task<DateTimeOffset?> SendDueAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var now = time.GetUtcNow();
        while (await context.QueuedMails.AsNoTracking().Where(mail => mail.NextAttemptAt <= now).OrderBy(mail => mail.NextAttemptAt).Take(Batch).ToListAsync(cancel) is { Count: > 0 } due)
        {
            foreach (var mail in due)
            {
                await TryAsync(mail, cancel);
            }
        }

        return await context.QueuedMails.MinAsync(mail => (DateTimeOffset?)mail.NextAttemptAt, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Mail is { Username: not null, UseTls: false, UseSsl: false })
        {
            log.PasswordInClear($"{options.Mail}");
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(await LookAsync(stoppingToken), time, stoppingToken);
        }
    }

    /// <summary>How long to wait for the next look.</summary>
    private async Task<TimeSpan> LookAsync(CancellationToken cancel)
    {
        try
        {
            var longest = database.Options.IsPostgres ? Period : Never;
            return await SendDueAsync(cancel) is { } next && next - time.GetUtcNow() is var wait && wait < longest ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : longest;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Period;
        }
        catch (Exception error)
        {
            // Whatever it is: a mail must not end the server.
            log.OutboxUnreadable(error);
            return Period;
        }
    }

    private async Task TryAsync(QueuedMail mail, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var server = options.Mail.Server;
        await using var context = database.Open();
        var until = now + SmtpTransport.LimitOf(server) + Margin;
        if (await context.QueuedMails.Where(row => row.Id == mail.Id && row.Attempts == mail.Attempts && row.NextAttemptAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.NextAttemptAt, until), cancel) == 0)
        {
            return;
        }

        mail.Attempts++;
        try
        {
            await EndAsync(context, mail, await AttemptAsync(mail, server, cancel), server, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // We stop: whoever comes next need not wait until this attempt would have been over.
            await context.QueuedMails.Where(row => row.Id == mail.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now), CancellationToken.None);
            throw;
        }
    }

    private async Task<SmtpOutcome> AttemptAsync(QueuedMail queued, SmtpServer server, CancellationToken cancel)
    {
        if (outbox.Open(queued) is not { } mail)
        {
            return new SmtpOutcome.Refused("It does not open: AUTHENTIK_SECRET_KEY is not the one that it was written with.");
        }

        if (mail.Until <= time.GetUtcNow())
        {
            return new SmtpOutcome.Refused("What it says is out of date by now.");
        }

        if (mail.To.Count == 0)
        {
            return new SmtpOutcome.Sent();
        }

        return Made(mail, queued, server) is { } message ? await SmtpTransport.SendAsync(server, message, cancel) : new SmtpOutcome.Refused("One of its addresses is none.");
    }

    // The library's rules for an address are its own; what it refuses can never be sent.
    private static MimeMessage? Made(OutgoingMail mail, QueuedMail queued, SmtpServer server)
    {
        try
        {
            return MailMessages.Make(mail, queued.Id, server.From, queued.CreatedAt);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task EndAsync(ControlPlaneContext context, QueuedMail mail, SmtpOutcome outcome, SmtpServer server, CancellationToken cancel)
    {
        switch (outcome)
        {
            case SmtpOutcome.Sent:
                await RemoveAsync(context, mail, "email_sent", reason: null, cancel);
                log.MailSent(mail.Id, $"{server}", mail.Attempts);
                break;
            case SmtpOutcome.TryLater later when mail.Attempts < MailRetries.Attempts:
                var wait = MailRetries.WaitAfter(mail.Attempts);
                var next = time.GetUtcNow() + wait;
                await context.QueuedMails.Where(row => row.Id == mail.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, next), cancel);
                log.MailDelayed(mail.Id, mail.Attempts, wait, later.Reason);
                break;
            case SmtpOutcome.TryLater(var reason):
                await GiveUpAsync(context, mail, reason, cancel);
                break;
            case SmtpOutcome.Refused(var reason):
                await GiveUpAsync(context, mail, reason, cancel);
                break;
            default:
                throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known");
        }
    }

    private async Task GiveUpAsync(ControlPlaneContext context, QueuedMail mail, string reason, CancellationToken cancel)
    {
        await RemoveAsync(context, mail, "system_task_exception", reason, cancel);
        log.MailGivenUp(mail.Id, mail.Attempts, reason);
    }

    // Its end and the event of it are one save. The event does not say what the mail said: that may open an account.
    private async Task RemoveAsync(ControlPlaneContext context, QueuedMail queued, string action, string? reason, CancellationToken cancel)
    {
        context.QueuedMails.Remove(queued);
        if (outbox.Open(queued) is not { To.Count: 0 } and var mail)
        {
            context.AuditEvents.Add(new AuditEvent { At = time.GetUtcNow(), Action = action, App = App, Context = JsonObjects.From(ContextOf(mail, reason)) });
        }

        await context.SaveChangesAsync(cancel);
    }

    private static JsonObject ContextOf(OutgoingMail? mail, string? reason)
    {
        var context = new JsonObject();
        if (mail is not null)
        {
            context["subject"] = mail.Subject;
            context["to_email"] = string.Join(", ", mail.To);
        }

        if (reason is not null)
        {
            context["message"] = $"The e-mail was not sent. {reason}";
        }

        return context;
    }
}
