using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Impersonations;

/// <summary>
/// An administrator acts as somebody else, to see what they see: in a session of that user's which belongs to the administrator's own, and ends with it. Nothing that lasts is changed in
/// another's name; where it matters, <see cref="ActingAs"/> is asked.
/// </summary>
internal sealed class Impersonation(ControlPlaneContext context, BrowserSession sessions, Superusers superusers, AuditWriter audit)
{
    /// <summary>What its sessions have in place of a proof (RFC 8176). Applications get it as <c>amr</c>, and can tell.</summary>
    public const string Method = "impersonation";

    private const string App = "sidecar.impersonation";

    /// <summary>Adds session and event; to be saved by the caller, who then gives the cookie out.</summary>
    public Action Begin(HttpContext http, Session own, User user, string reason)
    {
        var giveCookie = sessions.PrepareActing(http, own, user);
        audit.Add(http, own.User, "impersonation_started", App, user, new JsonObject { ["reason"] = reason });
        return giveCookie;
    }

    /// <summary>Back to the administrator's own session, under a new cookie. False: nobody acts as somebody else here.</summary>
    public async Task<bool> EndAsync(HttpContext http)
    {
        if (await sessions.FindAsync(http) is not { ImpersonatorSession: { } own } acting)
        {
            return false;
        }

        var giveCookie = sessions.PrepareReturn(http, own);
        context.Sessions.Remove(acting);
        audit.Add(http, acting.User, "impersonation_ended", App, acting.User);
        await context.SaveChangesAsync(http.RequestAborted);
        giveCookie();
        return true;
    }

    /// <summary>Ends those whose administrators no longer are, and all when an administrator turned impersonation off. Part of the caller's transaction.</summary>
    public async Task EndUnfitAsync(CancellationToken cancel)
    {
        var all = await context.Sessions.Include(session => session.ImpersonatorSession).Where(session => session.ImpersonatorSessionId != null).ToListAsync(cancel);
        if (all.Count == 0)
        {
            return;
        }

        var allowed = await context.Installations.AsNoTracking().AllAsync(installation => installation.Impersonation, cancel);
        foreach (var session in all)
        {
            if (!allowed || !await superusers.IsSuperuserAsync(session.ImpersonatorSession!.UserId, cancel))
            {
                context.Sessions.Remove(session);
            }
        }

        await context.SaveChangesAsync(cancel);
    }
}
