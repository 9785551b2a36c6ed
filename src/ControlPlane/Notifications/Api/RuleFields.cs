using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary>What a request may set on a rule.</summary>
internal sealed class RuleFields(ControlPlaneContext context)
{
    private const int MaxName = 255;

    public async Task ApplyAsync(JsonBody body, NotificationRule rule, CancellationToken cancel)
    {
        body.Require("name");
        body.Ignore("pk", "destination_group_obj");
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", await context.NotificationRules.AnyAsync(other => other.Name == name && other.Id != rule.Id, cancel), "Another rule has this name."))
        {
            rule.Name = name;
        }

        if (body.TryChoice<NotificationSeverity>("severity", out var severity))
        {
            rule.Severity = severity;
        }

        if (body.TryFlag("destination_event_user", out var user))
        {
            rule.DestinationEventUser = user;
        }

        if (body.TryNullableId("destination_group", out var group)
            && !body.Refuses("destination_group", group is not null && !await context.Groups.AnyAsync(known => known.Id == group, cancel), $"There is no group \"{group}\"."))
        {
            rule.DestinationGroupId = group;
        }

        await ApplyTransportsAsync(body, rule, cancel);
    }

    private async Task ApplyTransportsAsync(JsonBody body, NotificationRule rule, CancellationToken cancel)
    {
        if (!body.TryIds("transports", out var asked))
        {
            return;
        }

        var known = await context.NotificationTransports.Where(transport => asked.Contains(transport.Id)).Select(transport => transport.Id).ToListAsync(cancel);
        if (body.Refuses("transports", asked.Except(known).Any(), $"There is no transport \"{asked.Except(known).FirstOrDefault()}\"."))
        {
            return;
        }

        var links = await context.Set<RuleTransport>().Where(link => link.RuleId == rule.Id).ToListAsync(cancel);
        context.RemoveRange(links.Where(link => !asked.Contains(link.TransportId)));
        context.AddRange(asked.Except(links.Select(link => link.TransportId)).Select(transport => new RuleTransport { RuleId = rule.Id, TransportId = transport }));
    }
}
