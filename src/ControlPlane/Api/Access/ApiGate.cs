using System.Diagnostics;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Impersonations;

namespace Sidecar.ControlPlane.Api.Access;

/// <summary>
/// In front of everything under <see cref="ApiRoutes.Prefix"/>: who calls, and may they? It runs before a body is read, so that a stranger
/// learns nothing from what is wrong with it.
/// </summary>
internal sealed class ApiGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, ApiCallers callers, ChangeTrail trail)
    {
        http.Response.Headers.CacheControl = "no-store";
        var refusal = http.GetEndpoint() switch
        {
            null => ApiResults.NotFound(),
            RouteEndpoint route => await RefusalAsync(http, ApiAccessRule.Of(route), callers, trail),

            // What routing itself answers: a method that the address does not have.
            _ => ApiResults.Refused(
                StatusCodes.Status405MethodNotAllowed, $"Method \"{http.Request.Method}\" not allowed.", "method_not_allowed"),
        };
        await (refusal?.ExecuteAsync(http) ?? next(http));
    }

    private static async Task<IResult?> RefusalAsync(HttpContext http, ApiAccess access, ApiCallers callers, ChangeTrail trail)
    {
        if (access == ApiAccess.Anyone)
        {
            return null;
        }

        var outcome = await callers.FindAsync(http, http.RequestAborted);
        if (outcome is not CallerOutcome.Known { Caller: var caller })
        {
            return Refusal(outcome);
        }

        if (http.Features.Get<ActingAs>() is not null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return ApiResults.Forbidden("You act as somebody else, and change nothing in their name. End that first (core/users/impersonate_end/).");
        }

        http.Features.Set(caller);
        trail.Begin(http, caller.User, "api");
        return access switch
        {
            ApiAccess.SignedIn => null,
            ApiAccess.Superuser when caller.IsSuperuser => null,
            _ => ApiResults.Forbidden("You do not have permission to perform this action."),
        };
    }

    // 403 and not 401: the schema knows no other answer, and clients of authentik look for it.
    private static IResult Refusal(CallerOutcome outcome) => outcome switch
    {
        CallerOutcome.Nobody => ApiResults.Refused(
            StatusCodes.Status403Forbidden, "Authentication credentials were not provided.", "not_authenticated"),
        CallerOutcome.BadCredentials => ApiResults.Refused(
            StatusCodes.Status403Forbidden, "Token invalid/expired", "authentication_failed"),
        CallerOutcome.Forged => ApiResults.Refused(
            StatusCodes.Status403Forbidden, "CSRF Failed: send the value of the cookie authentik_csrf in the header X-authentik-CSRF, from a page of this address.", "csrf_failed"),
        _ => throw new UnreachableException(),
    };
}
