using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Sessions.Api;

/// <summary><c>core/authenticated_sessions</c>: one's own; to a superuser, all.</summary>
internal static class SessionsApi
{
    private const int MaxBulk = 1000;

    public static void MapSessionsApi(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("core/authenticated_sessions");
        sessions.MapGet("/", ListAsync).ForSignedIn();
        sessions.MapDelete("/bulk_delete/", BulkDeleteAsync).ForSuperusers();
        sessions.MapGet("/{id:guid}/", RetrieveAsync).ForSignedIn();
        sessions.MapDelete("/{id:guid}/", DeleteAsync).ForSignedIn();
    }

    private static async Task<IResult> ListAsync(
        QueryReader query, ApiCaller caller, ControlPlaneContext context, TimeProvider time, CancellationToken cancel) =>
        await SessionQueries.Live(context, caller, time.GetUtcNow()).AsNoTracking().Filtered(query)
            .ListAsync(query, SessionQueries.Ordering, session => SessionAnswer.Of(session, caller.SessionId), cancel);

    private static async Task<IResult> RetrieveAsync(
        Guid id, ApiCaller caller, ControlPlaneContext context, TimeProvider time, CancellationToken cancel) =>
        await SessionQueries.Live(context, caller, time.GetUtcNow()).AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, cancel) is { } session
            ? ApiResults.Json(SessionAnswer.Of(session, caller.SessionId))
            : ApiResults.NotFound();

    /// <summary>Ends it, here and at every outpost: a ticket stands only while its session is among the live ones.</summary>
    private static async Task<IResult> DeleteAsync(
        Guid id, ApiCaller caller, ApiSave save, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        if (await SessionQueries.Live(context, caller, time.GetUtcNow()).SingleOrDefaultAsync(session => session.Id == id, cancel) is not { } session)
        {
            return ApiResults.NotFound();
        }

        context.SessionGrants.RemoveRange(await context.SessionGrants.Where(grant => grant.SessionId == id).ToListAsync(cancel));
        context.Sessions.Remove(session);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    /// <summary>Ends all sessions of several users.</summary>
    private static async Task<IResult> BulkDeleteAsync(QueryReader query, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!query.TryNumbers("user_pks", out var pks) || pks.Length is 0 or > MaxBulk)
        {
            query.Errors.Add("user_pks", $"Name from one to {MaxBulk} users by their numbers.");
        }

        if (!query.Finish())
        {
            return ApiResults.Invalid(query.Errors);
        }

        var sessions = await context.Sessions.Where(session => pks.Contains(session.User!.Pk)).ToListAsync(cancel);
        context.Sessions.RemoveRange(sessions);
        return await save.SaveAsync(cancel) ?? ApiResults.Json(new { Deleted = sessions.Count });
    }
}
