using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Sessions.Api;

/// <summary>Which sessions a list holds, and in which order.</summary>
internal static class SessionQueries
{
    public static readonly Ordering<Session> Ordering = new Ordering<Session>(byDefault: "user__username", unique: "uuid")
        .With("uuid", session => session.Id)
        .With("user__username", session => session.User!.Username)
        .With("last_ip", session => session.Ip)
        .With("session__last_ip", session => session.Ip)
        .With("last_used", session => session.LastUsedAt)
        .With("expires", session => session.ExpiresAt);

    /// <summary>The live sessions that the caller may see: their own, or all.</summary>
    public static IQueryable<Session> Live(ControlPlaneContext context, ApiCaller caller, DateTimeOffset now)
    {
        var live = context.Sessions.Include(session => session.User).Where(session => session.ExpiresAt > now && session.AbsoluteEnd > now);
        return caller.IsSuperuser ? live : live.Where(session => session.UserId == caller.User.Id);
    }

    public static IQueryable<Session> Filtered(this IQueryable<Session> sessions, QueryReader query)
    {
        if (query.TryText("user__username", out var username))
        {
            sessions = sessions.Where(session => session.User!.Username == username);
        }

        if (query.TryText("session__last_ip", out var ip))
        {
            sessions = sessions.Where(session => session.Ip == ip);
        }

        if (query.TryText("session__last_user_agent", out var agent))
        {
            sessions = sessions.Where(session => session.UserAgent == agent);
        }

        return sessions.Searched(query, session => session.User!.Username, session => session.Ip, session => session.UserAgent);
    }
}
