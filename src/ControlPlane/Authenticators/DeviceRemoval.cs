using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Takes a device away. From a browser only shortly after a sign-in: whoever finds an unlocked computer must not be able to take the second factor off an account.</summary>
internal sealed class DeviceRemoval(ControlPlaneContext context, AuthenticatorAudit audit, TimeProvider time)
{
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    public const string NotRecent = "Sign in again before you delete a device.";

    public bool IsRecent(Session session) => time.GetUtcNow() - session.AuthenticatedAt < Recent;

    public async Task<bool> MayAsync(Guid? session, CancellationToken cancel) =>
        session is not { } id || (await context.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } found && IsRecent(found));

    /// <summary>To be saved by the caller.</summary>
    public void Remove(HttpContext http, User by, AuthenticatorDevice device)
    {
        context.AuthenticatorDevices.Remove(device);
        audit.Add(http, by, AuthenticatorAudit.Deleted, device.UserId, device);
    }
}
