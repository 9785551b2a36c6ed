using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Sign-out at an outpost ends the session everywhere.</summary>
internal static class SessionEndpoint
{
    public static async Task<IResult> EndAsync(HttpContext http, Guid sid, ControlPlaneContext context, CancellationToken cancel)
    {
        var outpost = ChannelCaller.Of(http).Outpost.Id;
        if (await context.Sessions.Include(session => session.ImpersonatorSession).SingleOrDefaultAsync(session => session.Id == sid, cancel) is not { } session)
        {
            return TypedResults.NoContent();
        }

        if (!await context.SessionGrants.AnyAsync(grant => grant.SessionId == sid && context.OutpostProviders.Any(
            link => link.OutpostId == outpost && link.ProviderId == grant.ProviderId), cancel))
        {
            return TypedResults.NotFound();
        }

        // Who acted as somebody else signs out altogether.
        context.Remove(session.ImpersonatorSession ?? session);
        try
        {
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else ended it at the same moment.
        }

        return TypedResults.NoContent();
    }
}
