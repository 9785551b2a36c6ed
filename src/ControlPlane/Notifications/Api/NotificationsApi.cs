using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary><c>events/notifications</c>: the caller's own, an administrator's too.</summary>
internal static class NotificationsApi
{
    private static readonly Ordering<Notification> Ordering = new Ordering<Notification>(byDefault: "-created", unique: "pk")
        .With("created", notification => notification.CreatedAt)
        .With("severity", notification => notification.Severity)
        .With("seen", notification => notification.Seen)
        .With("body", notification => notification.Body)
        .With("pk", notification => notification.Id);

    public static void MapNotificationsApi(this IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("events/notifications");
        notifications.MapGet("/", ListAsync).ForSignedIn();
        notifications.MapPost("/mark_all_seen/", MarkAllSeenAsync).ForSignedIn();
        notifications.MapGet("/{id:guid}/", RetrieveAsync).ForSignedIn();
        notifications.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSignedIn();
        notifications.MapDelete("/{id:guid}/", DeleteAsync).ForSignedIn();
        notifications.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSignedIn();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        var notifications = Own(caller, context).AsNoTracking().Same(query, "body", notification => notification.Body);
        if (query.TryFlag("seen", out var seen))
        {
            notifications = notifications.Where(notification => notification.Seen == seen);
        }

        if (query.TryChoice<NotificationSeverity>("severity", out var severity))
        {
            notifications = notifications.Where(notification => notification.Severity == severity);
        }

        if (query.TryId("event", out var audit))
        {
            notifications = notifications.Where(notification => notification.EventId == audit);
        }

        if (query.TryNumber("user", out var user))
        {
            notifications = notifications.Where(notification => notification.User!.Pk == user);
        }

        return await notifications.Searched(query, notification => notification.Body).ListAsync(query, Ordering, page => AnswersAsync(page, caller, context, cancel), cancel);
    }

    private static async Task<IResult> RetrieveAsync(Guid id, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
        await FindAsync(id, caller, context, cancel) is { } found ? ApiResults.Json((await AnswersAsync([found], caller, context, cancel))[0]) : ApiResults.NotFound();

    /// <summary>Whether it was seen is all that there is to change.</summary>
    private static async Task<IResult> UpdateAsync(Guid id, JsonBody body, ApiCaller caller, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await FindAsync(id, caller, context, cancel) is not { } found)
        {
            return ApiResults.NotFound();
        }

        body.Ignore("pk", "severity", "body", "created", "event", "hyperlink", "hyperlink_label");
        if (body.TryFlag("seen", out var seen))
        {
            found.Seen = seen;
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.Json((await AnswersAsync([found], caller, context, cancel))[0]);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiCaller caller, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await FindAsync(id, caller, context, cancel) is not { } found)
        {
            return ApiResults.NotFound();
        }

        context.Notifications.Remove(found);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> MarkAllSeenAsync(ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        await Own(caller, context).Where(notification => !notification.Seen).ExecuteUpdateAsync(set => set.SetProperty(notification => notification.Seen, true), cancel);
        return ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(Guid id, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
        await FindAsync(id, caller, context, cancel) is null ? ApiResults.NotFound() : ApiResults.Json(Array.Empty<UsedByAnswer>());

    private static IQueryable<Notification> Own(ApiCaller caller, ControlPlaneContext context) => context.Notifications.Where(notification => notification.UserId == caller.User.Id);

    private static Task<Notification?> FindAsync(Guid id, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
        Own(caller, context).SingleOrDefaultAsync(notification => notification.Id == id, cancel);

    private static async Task<IReadOnlyList<NotificationAnswer>> AnswersAsync(IReadOnlyList<Notification> page, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        var ids = caller.IsSuperuser ? page.Select(notification => notification.EventId).Distinct().ToList() : [];
        var events = await context.AuditEvents.AsNoTracking().Where(audit => ids.Contains(audit.Id)).ToDictionaryAsync(audit => audit.Id, cancel);
        return [.. page.Select(notification => NotificationAnswer.Of(notification, events.GetValueOrDefault(notification.EventId)))];
    }
}
