using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Notifications.Delivery;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary><c>events/transports</c>.</summary>
internal static class TransportsApi
{
    private static readonly Ordering<NotificationTransport> Ordering = new Ordering<NotificationTransport>(byDefault: "name", unique: "name")
        .With("name", transport => transport.Name)
        .With("mode", transport => transport.Mode)
        .With("send_once", transport => transport.SendOnce)
        .With("pk", transport => transport.Id);

    private sealed record TestAnswer(IReadOnlyList<string> Messages);

    public static void MapTransportsApi(this IEndpointRouteBuilder api)
    {
        var transports = api.MapGroup("events/transports");
        transports.MapGet("/", ListAsync).ForSuperusers();
        transports.MapPost("/", CreateAsync).ForSuperusers();
        transports.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        transports.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        transports.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        transports.MapPost("/{id:guid}/test/", TestAsync).ForSuperusers();
        transports.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var transports = context.NotificationTransports.AsNoTracking().Same(query, "name", transport => transport.Name).Same(query, "webhook_url", transport => transport.WebhookUrl);
        if (query.TryChoice<TransportMode>("mode", out var mode))
        {
            transports = transports.Where(transport => transport.Mode == mode);
        }

        if (query.TryFlag("send_once", out var once))
        {
            transports = transports.Where(transport => transport.SendOnce == once);
        }

        return await transports.Searched(query, transport => transport.Name).ListAsync(query, Ordering, TransportAnswer.Of, cancel);
    }

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.NotificationTransports.AsNoTracking().SingleOrDefaultAsync(transport => transport.Id == id, cancel) is { } transport
            ? ApiResults.Json(TransportAnswer.Of(transport))
            : ApiResults.NotFound();

    private static async Task<IResult> CreateAsync(JsonBody body, TransportFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var transport = context.NotificationTransports.Add(new NotificationTransport { Name = "" }).Entity;
        await fields.ApplyAsync(body, transport, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created(TransportAnswer.Of(transport));
    }

    private static async Task<IResult> UpdateAsync(Guid id, JsonBody body, TransportFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.NotificationTransports.SingleOrDefaultAsync(transport => transport.Id == id, cancel) is not { } transport)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, transport, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(TransportAnswer.Of(transport));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.NotificationTransports.SingleOrDefaultAsync(transport => transport.Id == id, cancel) is not { } transport)
        {
            return ApiResults.NotFound();
        }

        context.NotificationTransports.Remove(transport);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    /// <summary>Sends a test to the caller at once, and says what came of it.</summary>
    private static async Task<IResult> TestAsync(Guid id, ApiCaller caller, Deliverer deliverer, NotificationMail mails, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        if (await context.NotificationTransports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } transport)
        {
            return ApiResults.NotFound();
        }

        var now = time.GetUtcNow();
        if (transport.Mode == TransportMode.Email)
        {
            mails.Add(context, transport, NotificationSeverity.Notice, audit: null, caller.User, now);
            await context.SaveChangesAsync(cancel);
            return caller.User.Email.Length > 0 ? ApiResults.Json(new TestAnswer(["It is in the outbox."])) : ApiResults.Invalid(FieldErrors.NoField, "You have no e-mail address.");
        }

        if (transport.Mode == TransportMode.Local)
        {
            context.Notifications.Add(new Notification { UserId = caller.User.Id, EventId = Guid.Empty, Severity = NotificationSeverity.Notice, Body = "This is a test.", CreatedAt = now });
            await context.SaveChangesAsync(cancel);
            return ApiResults.Json(new TestAnswer([]));
        }

        var delivery = new NotificationDelivery { TransportId = id, EventId = Guid.Empty, Severity = NotificationSeverity.Notice, UserId = caller.User.Id, NotBefore = now };
        return await deliverer.SendAsync(delivery, transport, audit: null, caller.User, cancel) is { } problem
            ? ApiResults.Invalid(FieldErrors.NoField, $"It was not taken: {problem}.")
            : ApiResults.Json(new TestAnswer(["It was taken."]));
    }

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!await context.NotificationTransports.AnyAsync(transport => transport.Id == id, cancel))
        {
            return ApiResults.NotFound();
        }

        var rules = await context.NotificationRules.AsNoTracking().Where(rule => rule.Transports.Any(transport => transport.Id == id)).OrderBy(rule => rule.Name).ToListAsync(cancel);
        return ApiResults.Json(rules.Select(rule => new UsedByAnswer("authentik_events", "notificationrule", $"{rule.Id:D}", rule.Name, UsedByAction.CascadeMany)));
    }
}
