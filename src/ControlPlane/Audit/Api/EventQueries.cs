using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Audit.Api;

/// <summary>Which events a list holds, and in which order.</summary>
internal static class EventQueries
{
    public static readonly Ordering<AuditEvent> Ordering = new Ordering<AuditEvent>(byDefault: "-created", unique: "pk")
        .With("created", audit => audit.At)
        .With("pk", audit => audit.Id)
        .With("action", audit => audit.Action)
        .With("app", audit => audit.App)
        .With("user", audit => audit.Username)
        .With("client_ip", audit => audit.ClientIp);

    public static IQueryable<AuditEvent> Filtered(this IQueryable<AuditEvent> events, QueryReader query)
    {
        if (query.TryText("action", out var action))
        {
            events = events.Where(audit => audit.Action == action);
        }

        if (query.TryTexts("actions", out var actions))
        {
            events = events.Where(audit => actions.Contains(audit.Action));
        }

        if (query.TryText("context_model_app", out var app))
        {
            events = events.Where(audit => audit.ModelApp == app);
        }

        if (query.TryText("context_model_name", out var model))
        {
            events = events.Where(audit => audit.ModelName == model);
        }

        if (query.TryText("context_model_pk", out var pk))
        {
            // authentik's clients ask with and without the hyphens of a UUID.
            var id = Guid.TryParse(pk, out var guid) ? $"{guid:D}" : pk;
            events = events.Where(audit => audit.ModelPk == id);
        }

        if (query.TryText("context_authorized_app", out var application))
        {
            var id = Guid.TryParse(application, out var guid) ? $"{guid:D}" : application;
            events = events.Where(audit => audit.Action == AuditEvent.Authorization && audit.ModelPk == id);
        }

        return events.Same(query, "username", audit => audit.Username).Containing(query, "client_ip", audit => audit.ClientIp)
            .Searched(query, audit => audit.Action, audit => audit.Username, audit => audit.ClientIp, audit => audit.App, audit => audit.ModelName, audit => audit.Subject);
    }
}
