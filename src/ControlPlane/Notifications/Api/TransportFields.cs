using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary>What a request may set on a transport.</summary>
internal sealed class TransportFields(ControlPlaneContext context)
{
    private const int MaxName = 255;
    private const int MaxUrl = 2048;

    public async Task ApplyAsync(JsonBody body, NotificationTransport transport, CancellationToken cancel)
    {
        body.Require("name");
        body.Ignore("pk", "mode_verbose");
        body.OnlyEmpty("webhook_ca", "There are no certificates to choose from; the system's are trusted.");
        body.OnlyEmpty("webhook_mapping_body", "There are no property mappings; what is sent is fixed.");
        body.OnlyEmpty("webhook_mapping_headers", "There are no property mappings; what is sent is fixed.");
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", await context.NotificationTransports.AnyAsync(other => other.Name == name && other.Id != transport.Id, cancel), "Another transport has this name."))
        {
            transport.Name = name;
        }

        if (body.TryChoice<TransportMode>("mode", out var mode))
        {
            transport.Mode = mode;
        }

        if (body.TryFlag("send_once", out var once))
        {
            transport.SendOnce = once;
        }

        ApplyAddress(body, transport);
        ApplyEmail(body, transport);
    }

    private static void ApplyAddress(JsonBody body, NotificationTransport transport)
    {
        if (body.TryText("webhook_url", out var url, MaxUrl, blank: true)
            && !body.Refuses("webhook_url", url.Length > 0 && !IsAddress(url), "Give an address that begins with https:// or http://, without a user name in it."))
        {
            transport.WebhookUrl = url;
        }

        body.Refuses(
            "webhook_url",
            transport is { Mode: TransportMode.Webhook or TransportMode.WebhookSlack, WebhookUrl: "" } && !body.Errors.Has("webhook_url"),
            "A webhook needs an address.");
    }

    private static void ApplyEmail(JsonBody body, NotificationTransport transport)
    {
        if (body.TryText("email_subject_prefix", out var prefix, MaxName, blank: true))
        {
            transport.EmailSubjectPrefix = prefix;
        }

        if (body.TryText("email_template", out var template))
        {
            body.Refuses("email_template", template != MailTemplates.EventNotification, $"Only \"{MailTemplates.EventNotification}\" is for notifications.");
        }
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", UserInfo: "", Host.Length: > 0 };
}
