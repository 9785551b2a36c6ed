using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Delivery;

/// <summary>Sends one notification by its transport.</summary>
internal sealed class Deliverer(WebhookClient webhooks)
{
    /// <summary>Null: it was taken.</summary>
    public async Task<string?> SendAsync(NotificationDelivery delivery, NotificationTransport transport, AuditEvent? audit, User? receiver, CancellationToken cancel) => transport.Mode switch
    {
        TransportMode.Webhook => await webhooks.PostAsync(new Uri(transport.WebhookUrl), WebhookPayload.Generic(delivery, audit, receiver), cancel),
        TransportMode.WebhookSlack => await webhooks.PostAsync(new Uri(transport.WebhookUrl), WebhookPayload.Slack(delivery, audit, receiver), cancel),
        _ => $"nothing is sent by {transport.Mode}",
    };

    /// <summary>What the delivery is about, as it is now. An event that the log has forgotten is nothing to tell of any more.</summary>
    public static async Task<(NotificationTransport Transport, AuditEvent Audit, User? Receiver)?> FindAsync(ControlPlaneContext context, NotificationDelivery delivery, CancellationToken cancel)
    {
        var transport = await context.NotificationTransports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery.TransportId, cancel);
        var audit = await context.AuditEvents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery.EventId, cancel);
        var receiver = delivery.UserId is { } id ? await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) : null;
        return transport is null || audit is null || (delivery.UserId is not null && receiver is not { IsActive: true }) ? null : (transport, audit, receiver);
    }
}
