using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Sessions.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>Where a user is signed in, and the end of it.</summary>
internal static class SessionsPages
{
    public static void MapSessionsPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Sessions, ShowAsync).AllowAnonymous();
        routes.MapPost(Addresses.Sessions + "others/end/", (HttpContext http, OwnPages pages, ApiSave save, BrowserSession sessions, ControlPlaneContext context) =>
            EndAsync(http, pages, save, sessions, context, only: null)).AllowAnonymous();
        routes.MapPost(Addresses.Sessions + "{id:guid}/end/", (HttpContext http, Guid id, OwnPages pages, ApiSave save, BrowserSession sessions, ControlPlaneContext context) =>
            EndAsync(http, pages, save, sessions, context, id)).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, OwnPages pages, ControlPlaneContext context, TimeProvider time)
    {
        if (await pages.OpenAsync(http, Addresses.Sessions) is not ({ } own, { } frame))
        {
            return OwnPages.SignIn(Addresses.Sessions);
        }

        var now = time.GetUtcNow();
        var live = await context.Sessions.AsNoTracking().Where(session => session.UserId == own.UserId && session.ExpiresAt > now && session.AbsoluteEnd > now)
            .OrderByDescending(session => session.LastUsedAt).ToListAsync(http.RequestAborted);
        return PageWriter.Page<SessionsPage>(
            http, frame.Brand, nameof(SessionsPage.Model), new SessionsModel(frame, [.. live.OrderByDescending(session => session.Id == own.Id).Select(session => EntryOf(session, own))]));
    }

    private static SessionEntry EntryOf(Session session, Session own)
    {
        var agent = UserAgentAnswer.Of(session.UserAgent);
        return new SessionEntry(session.Id, $"{agent.UserAgent.Family} on {agent.Os.Family}" + (session.ImpersonatorSessionId is null ? "" : ", an administrator who acts as you"), session.Ip, session.CreatedAt, session.LastUsedAt, session.Id == own.Id);
    }

    /// <param name="only">Null: all others.</param>
    private static async Task<IResult> EndAsync(HttpContext http, OwnPages pages, ApiSave save, BrowserSession sessions, ControlPlaneContext context, Guid? only)
    {
        if (await pages.AnswerAsync(http) is not ({ } own, _))
        {
            return new SeeOther(Addresses.Sessions);
        }

        var ending = await context.Sessions.Where(session => session.UserId == own.UserId && (only == null ? session.Id != own.Id : session.Id == only)).ToListAsync(http.RequestAborted);
        context.Sessions.RemoveRange(ending);
        if (await save.SaveAsync(http.RequestAborted) is null && ending.Exists(session => session.Id == own.Id))
        {
            sessions.Forget(http);
        }

        return new SeeOther(Addresses.Sessions);
    }
}
