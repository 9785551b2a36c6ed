using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Notifications.Delivery;

/// <summary>What a webhook is sent, in authentik's form: the event in one line and whom it concerns. Details, where secrets could be, stay in the log.</summary>
internal static class WebhookPayload
{
    public static JsonObject Generic(NotificationDelivery delivery, AuditEvent? audit, User? receiver) => new()
    {
        ["body"] = TextOf(audit),
        ["severity"] = SeverityOf(delivery),
        ["user_email"] = receiver?.Email ?? "",
        ["user_username"] = receiver?.Username ?? "",
        ["event_user_username"] = audit?.Username ?? "",
    };

    /// <summary>Slack's incoming webhooks: attachments with fields.</summary>
    public static JsonObject Slack(NotificationDelivery delivery, AuditEvent? audit, User? receiver)
    {
        var fields = new JsonArray { Field("Severity", SeverityOf(delivery)) };
        if (receiver is not null)
        {
            fields.Add(Field("Dispatched for user", receiver.Username));
        }

        if (audit is { Username.Length: > 0 })
        {
            fields.Add(Field("Event user", audit.Username));
        }

        if (audit is { ClientIp.Length: > 0 })
        {
            fields.Add(Field("Event client", audit.ClientIp));
        }

        return new JsonObject
        {
            ["username"] = "Sidecar",
            ["attachments"] = new JsonArray
            {
                new JsonObject
                {
                    ["title"] = Escape(TextOf(audit)),
                    ["fallback"] = Escape(TextOf(audit)),
                    ["fields"] = fields,
                    ["ts"] = audit?.At.ToUnixTimeSeconds(),
                },
            },
        };
    }

    private static string TextOf(AuditEvent? audit) => audit is null ? "This is a test." : EventText.Of(audit);

    private static string SeverityOf(NotificationDelivery delivery) => delivery.Severity.ToString().ToLowerInvariant();

    private static JsonObject Field(string title, string value) => new() { ["title"] = title, ["value"] = Escape(value), ["short"] = true };

    // Slack reads these three as the beginning of links and calls to people (<!channel>).
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
