using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Notifications.Delivery;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications;

/// <summary>Which rules an event is one for, and who is told by them.</summary>
internal sealed class NotificationRules(ControlPlaneContext context, PolicyEngine policies, NotificationMail mails, ILogger<NotificationRules> log)
{
    /// <summary>Of one rule: a group that grew by mistake must not fill the database with one event.</summary>
    public const int MaxReceivers = 500;

    /// <summary>Adds to the context what is to be told of the event. Nothing of it is an event itself, so that no notification can make another.</summary>
    /// <param name="audit">The event.</param>
    /// <param name="rules">With their transports.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">The server stops.</param>
    public async Task TellAsync(AuditEvent audit, IReadOnlyList<NotificationRule> rules, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var rule in rules)
        {
            if (rule.Transports.Count > 0 && await IsForAsync(rule, audit, cancel) && await ReceiversAsync(rule, audit, cancel) is [_, ..] receivers)
            {
                Tell(rule, audit, receivers, now);
            }
        }
    }

    private void Tell(NotificationRule rule, AuditEvent audit, IReadOnlyList<User> receivers, DateTimeOffset now)
    {
        foreach (var transport in rule.Transports)
        {
            if (transport.Mode == TransportMode.Local)
            {
                context.Notifications.AddRange(receivers.Select(user =>
                    new Notification { UserId = user.Id, EventId = audit.Id, Severity = rule.Severity, Body = EventText.Of(audit), CreatedAt = now }));
            }
            else if (transport.Mode == TransportMode.Email)
            {
                // A mail that was sent is an event: told of by mail, it would make the next one.
                foreach (var user in audit.App == MailSender.App ? [] : transport.SendOnce ? receivers.Take(1) : receivers)
                {
                    mails.Add(context, transport, rule.Severity, audit, user, now);
                }
            }
            else
            {
                IEnumerable<Guid?> each = transport.SendOnce ? [null] : receivers.Select(user => (Guid?)user.Id);
                context.NotificationDeliveries.AddRange(each.Select(user =>
                    new NotificationDelivery { TransportId = transport.Id, EventId = audit.Id, Severity = rule.Severity, UserId = user, NotBefore = now }));
            }
        }
    }

    private async Task<bool> IsForAsync(NotificationRule rule, AuditEvent audit, CancellationToken cancel)
    {
        var bindings = await context.Bindings.AsNoTracking().Include(binding => binding.Policy).Where(binding => binding.RuleId == rule.Id && binding.Enabled)
            .OrderBy(binding => binding.Order).ThenBy(binding => binding.Id).ToListAsync(cancel);
        foreach (var binding in bindings)
        {
            if (await HoldsAsync(binding, audit, cancel))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> HoldsAsync(Binding binding, AuditEvent audit, CancellationToken cancel)
    {
        try
        {
            return binding switch
            {
                { Policy: { } policy } => await AskAsync(policy, binding, audit, cancel),
                { UserId: { } user } => (user == audit.UserId) != binding.Negate,
                { GroupId: { } group } => (audit.UserId is { } user && (await GroupClosure.OfUserAsync(context, user, cancel)).Contains(group)) != binding.Negate,
                _ => binding.FailureResult,
            };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One policy that fails must not keep other rules from being asked; and it is no event, or it could tell of itself for ever.
            log.PolicyFailed(binding.Id, error);
            return false;
        }
    }

    private async Task<bool> AskAsync(Policy policy, Binding binding, AuditEvent audit, CancellationToken cancel)
    {
        var user = audit.UserId is { } id ? await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) : null;
        var request = new PolicyRequest { User = user, Identifier = audit.Username, Event = audit };
        return await policies.AskAsync(policy, request, TimeSpan.FromSeconds(binding.Timeout), cancel) is { } result ? result.Passing != binding.Negate : binding.FailureResult;
    }

    private async Task<IReadOnlyList<User>> ReceiversAsync(NotificationRule rule, AuditEvent audit, CancellationToken cancel) => await context.Users
        .Where(user => user.IsActive && ((rule.DestinationEventUser && user.Id == audit.UserId) || user.Groups.Any(group => group.Id == rule.DestinationGroupId)))
        .OrderBy(user => user.Pk).Take(MaxReceivers).AsNoTracking().ToListAsync(cancel);
}
