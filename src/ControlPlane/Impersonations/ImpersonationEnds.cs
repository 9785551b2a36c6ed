using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Impersonations;

/// <summary>An impersonation ends with the session that it was begun in, whoever ends that and however. Here, before each save, so that no caller can forget it.</summary>
internal static class ImpersonationEnds
{
    public static async Task FollowAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var ending = context.ChangeTracker.Entries<Session>().Where(entry => entry.State == EntityState.Deleted).Select(entry => entry.Entity.Id).ToList();
        if (ending.Count > 0)
        {
            context.Sessions.RemoveRange(
                await context.Sessions.Where(session => session.ImpersonatorSessionId != null && ending.Contains(session.ImpersonatorSessionId.Value)).ToListAsync(cancel));
        }
    }
}
