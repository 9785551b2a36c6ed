using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Applications.Api;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Consents.Api;

/// <summary><c>core/user_consent</c>: one's own; to a superuser, all. They are given in flows and can be withdrawn here: the application asks again.</summary>
internal static class ConsentsApi
{
    private static readonly Ordering<Consent> Ordering = new Ordering<Consent>(byDefault: "pk", unique: "pk")
        .With("pk", consent => consent.Id)
        .With("application", consent => consent.Application!.Name)
        .With("expires", consent => consent.ExpiresAt)
        .With("user", consent => consent.User!.Username);

    public static void MapConsentsApi(this IEndpointRouteBuilder api)
    {
        var consents = api.MapGroup("core/user_consent");
        consents.MapGet("/", ListAsync).ForSignedIn();
        consents.MapGet("/{id:int}/", RetrieveAsync).ForSignedIn();
        consents.MapDelete("/{id:int}/", DeleteAsync).ForSignedIn();
        consents.MapGet("/{id:int}/used_by/", UsedByAsync).ForSignedIn();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ApiCaller caller, ControlPlaneContext context, Superusers superusers, TimeProvider time, CancellationToken cancel)
    {
        var rows = Live(context, caller, time);
        if (query.TryNumber("user", out var user))
        {
            rows = rows.Where(consent => consent.User!.Pk == user);
        }

        if (query.TryId("application", out var application))
        {
            rows = rows.Where(consent => consent.ApplicationId == application);
        }

        var super = await superusers.GroupsAsync(cancel);
        return await rows.AsNoTracking().Searched(query, consent => consent.Application!.Name, consent => consent.User!.Username)
            .ListAsync(query, Ordering, consent => AnswerOf(consent, caller, super), cancel);
    }

    private static async Task<IResult> RetrieveAsync(int id, ApiCaller caller, ControlPlaneContext context, Superusers superusers, TimeProvider time, CancellationToken cancel) =>
        await Live(context, caller, time).AsNoTracking().SingleOrDefaultAsync(consent => consent.Id == id, cancel) is { } consent
            ? ApiResults.Json(AnswerOf(consent, caller, await superusers.GroupsAsync(cancel)))
            : ApiResults.NotFound();

    private static async Task<IResult> DeleteAsync(int id, ApiCaller caller, ApiSave save, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        if (await Live(context, caller, time).SingleOrDefaultAsync(consent => consent.Id == id, cancel) is not { } consent)
        {
            return ApiResults.NotFound();
        }

        context.Consents.Remove(consent);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(int id, ApiCaller caller, ControlPlaneContext context, TimeProvider time, CancellationToken cancel) =>
        await Live(context, caller, time).AnyAsync(consent => consent.Id == id, cancel) ? ApiResults.Json(Array.Empty<UsedByAnswer>()) : ApiResults.NotFound();

    private static IQueryable<Consent> Live(ControlPlaneContext context, ApiCaller caller, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var live = context.Consents.Include(consent => consent.User).ThenInclude(user => user!.Groups).Include(consent => consent.Application).ThenInclude(application => application!.Provider)
            .AsSplitQuery().Where(consent => consent.ExpiresAt == null || consent.ExpiresAt > now);
        return caller.IsSuperuser ? live : live.Where(consent => consent.UserId == caller.User.Id);
    }

    // The schema's UserConsent.
    private static object AnswerOf(Consent consent, ApiCaller caller, HashSet<Guid> super) => new
    {
        pk = consent.Id,
        expires = consent.ExpiresAt,
        expiring = consent.ExpiresAt is not null,
        user = UserAnswer.Of(consent.User!, super),
        application = ApplicationAnswer.Of(consent.Application!, caller.User),
        permissions = consent.Permissions,
    };
}
