using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit.Api;

/// <summary><c>events/events</c>: to be read. The log is only ever added to, and only by the product: whoever could write into it could also hide in it.</summary>
internal static class EventsApi
{
    private const int MaxDays = 366;
    private const int MaxTop = 100;
    private const int MaxSteps = 10;

    public static void MapEventsApi(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("events/events");
        events.MapGet("/", ListAsync).ForSuperusers();
        events.MapGet("/actions/", () => ApiResults.Json(EventActions.All)).ForSuperusers();
        events.MapGet("/top_per_user/", TopAsync).ForSuperusers();
        events.MapGet("/volume/", VolumeAsync).ForSuperusers();
        events.MapGet("/stats/", StatsAsync).ForSuperusers();
        events.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await context.AuditEvents.AsNoTracking().Filtered(query).ListAsync(query, EventQueries.Ordering, page => AnswersAsync(context, page, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.AuditEvents.AsNoTracking().SingleOrDefaultAsync(audit => audit.Id == id, cancel) is { } found
            ? ApiResults.Json((await AnswersAsync(context, [found], cancel))[0])
            : ApiResults.NotFound();

    private static async Task<IReadOnlyList<EventAnswer>> AnswersAsync(ControlPlaneContext context, IReadOnlyList<AuditEvent> page, CancellationToken cancel)
    {
        var ids = page.SelectMany(audit => (Guid?[])[audit.UserId, audit.OnBehalfOfId]).OfType<Guid>().Distinct().ToList();
        var users = await context.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, cancel);
        return [.. page.Select(audit => EventAnswer.Of(audit, id => id is { } user ? users.GetValueOrDefault(user) : null))];
    }

    /// <summary>The applications that most people were let into.</summary>
    private static async Task<IResult> TopAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var top = query.TryNumber("top_n", out var asked, min: 1, max: MaxTop) ? asked : 15;
        var events = context.AuditEvents.AsNoTracking().Filtered(query);
        if (!Finish(query))
        {
            return ApiResults.Invalid(query.Errors);
        }

        var rows = await events.Where(audit => audit.ModelPk != "")
            .GroupBy(audit => new { audit.ModelApp, audit.ModelName, audit.ModelPk })
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                Users = group.Select(audit => audit.UserId).Distinct().Count(),
                Name = group.Max(audit => audit.Subject),
            })
            .OrderByDescending(row => row.Count).ThenBy(row => row.Key.ModelPk).Take(top).ToListAsync(cancel);
        return ApiResults.Json(rows.Select(row => new
        {
            application = new JsonObject { ["app"] = row.Key.ModelApp, ["model_name"] = row.Key.ModelName, ["pk"] = row.Key.ModelPk, ["name"] = row.Name },
            counted_events = row.Count,
            unique_users = row.Users,
        }));
    }

    /// <summary>How many of each action there were on each day, UTC.</summary>
    private static async Task<IResult> VolumeAsync(QueryReader query, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        var days = query.TryNumber("history_days", out var asked, min: 1, max: MaxDays) ? asked : 7;
        var events = context.AuditEvents.AsNoTracking().Filtered(query);
        if (!Finish(query))
        {
            return ApiResults.Invalid(query.Errors);
        }

        // Times are stored differently by the two databases, so a day is a range, not a function of the time.
        var today = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero);
        var told = new List<object>();
        for (var day = today.AddDays(1 - days); day <= today; day = day.AddDays(1))
        {
            var (from, to) = (day, day.AddDays(1));
            var counts = await events.Where(audit => audit.At >= from && audit.At < to).GroupBy(audit => audit.Action)
                .Select(group => new { Action = group.Key, Count = group.Count() }).OrderBy(row => row.Action).ToListAsync(cancel);
            told.AddRange(counts.Select(row => new { action = row.Action, time = from, count = row.Count }));
        }

        return ApiResults.Json(told);
    }

    /// <summary>How many there were since each of the spans before now, and by how many people.</summary>
    private static async Task<IResult> StatsAsync(QueryReader query, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        if (!query.TryTexts("count_steps", out var steps))
        {
            query.Errors.Add("count_steps", "Required: spans of time, for example hours=24.");
        }
        else if (steps.Length > MaxSteps || steps.Any(step => Duration.TryParse(step) is null))
        {
            query.Errors.Add("count_steps", $"Give at most {MaxSteps} spans of time, for example hours=24 or days=7.");
        }

        var events = context.AuditEvents.AsNoTracking().Filtered(query);
        if (!Finish(query))
        {
            return ApiResults.Invalid(query.Errors);
        }

        var counts = new JsonObject();
        foreach (var step in steps)
        {
            var from = time.GetUtcNow() - Duration.TryParse(step)!.Value;
            counts[step] = await events.CountAsync(audit => audit.At >= from, cancel);
        }

        return ApiResults.Json(new { unique_users = await events.Where(audit => audit.UserId != null).Select(audit => audit.UserId).Distinct().CountAsync(cancel), count_step = counts });
    }

    private static bool Finish(QueryReader query)
    {
        // The schema has it for every list; counts have no order.
        query.TryText("ordering", out _);
        return query.Finish();
    }
}
