using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Impersonations.Api;

/// <summary><c>core/users/…/impersonate</c> and <c>core/users/impersonate_end</c>. Only superusers may; that the other may be one too gives them nothing that they lack.</summary>
internal static class ImpersonationApi
{
    private const int MaxReason = 1024;

    public static void MapImpersonationApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("core/users/{pk:int}/impersonate/", BeginAsync).ForSuperusers();
        api.MapGet("core/users/impersonate_end/", EndAsync).ForSignedIn();
    }

    private static async Task<IResult> BeginAsync(
        int pk, HttpContext http, JsonBody body, ApiCaller caller, BrowserSession sessions, Impersonation impersonation, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Users.SingleOrDefaultAsync(row => row.Pk == pk, cancel) is not { } user)
        {
            return ApiResults.NotFound();
        }

        var settings = await context.Installations.AsNoTracking().SingleAsync(cancel);
        if (!settings.Impersonation)
        {
            return ApiResults.Forbidden("Impersonation is turned off (admin/settings, \"impersonation\").");
        }

        body.Find("reason");
        var reason = body.TryText("reason", out var given, MaxReason, blank: !settings.ImpersonationRequireReason) ? given.Trim() : "";
        body.Refuses("reason", settings.ImpersonationRequireReason && reason.Length == 0 && !body.Errors.Has("reason"), "Say why; it is written into the event log.");
        var own = await sessions.FindAsync(http);
        body.Refuses(FieldErrors.NoField, caller.SessionId is null || own is null, "This needs a browser's session: with a token there is nobody who could act as somebody else.");
        body.Refuses(FieldErrors.NoField, user.Id == caller.User.Id, "That is you.");
        body.Refuses(FieldErrors.NoField, !user.IsActive, "This user is not active and could not sign in either.");
        body.Refuses(FieldErrors.NoField, user.Type == UserType.InternalServiceAccount, "This is the account of an outpost; it signs in nowhere.");
        if (!body.Finish())
        {
            return ApiResults.Invalid(body.Errors);
        }

        var giveCookie = impersonation.Begin(http, own!, user, reason);
        if (await save.SaveAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        giveCookie();
        return ApiResults.NoContent();
    }

    // A GET, as in authentik. Made by another site it could only end what its user began.
    private static async Task<IResult> EndAsync(HttpContext http, Impersonation impersonation)
    {
        await impersonation.EndAsync(http);
        return ApiResults.NoContent();
    }
}
