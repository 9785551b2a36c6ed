using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>
/// Whether a device may be taken away now. One's own: in a browser, shortly after a sign-in. Whoever finds an unlocked computer or an API token must not be able to take the second
/// factor off its owner's account. Another user's: as an administrator; from a browser also only shortly after a sign-in.
/// </summary>
internal sealed class DeviceRemoval(ControlPlaneContext context, TimeProvider time)
{
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    public const string NotRecent = "Sign in again before you delete a device.";
    public const string NotByToken = "A token shows no recent sign-in: delete a device of your own in the browser, or ask another administrator.";

    public bool IsRecent(Session session) => session.ImpersonatorSessionId is null && time.GetUtcNow() - session.AuthenticatedAt < Recent;

    /// <summary>Why not, for the caller; null: it may go.</summary>
    public async Task<string?> RefusalAsync(ApiCaller caller, AuthenticatorDevice device, CancellationToken cancel) => caller.SessionId switch
    {
        null => device.UserId == caller.User.Id ? NotByToken : null,
        { } id => await context.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } session && IsRecent(session) ? null : NotRecent,
    };
}
