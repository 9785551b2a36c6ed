using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary><c>core/applications</c>.</summary>
internal static class ApplicationsApi
{
    public static void MapApplicationsApi(this IEndpointRouteBuilder api)
    {
        var applications = api.MapGroup("core/applications");
        applications.MapGet("/", ListAsync).ForSignedIn();
        applications.MapPost("/", CreateAsync).ForSuperusers();
        applications.MapGet("/{slug}/", RetrieveAsync).ForSuperusers();
        applications.MapMethods("/{slug}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        applications.MapDelete("/{slug}/", DeleteAsync).ForSuperusers();
        applications.MapGet("/{slug}/check_access/", CheckAccessAsync).ForSignedIn();
    }

    /// <summary>Those that the caller may enter; to a superuser who asks for it, all.</summary>
    private static async Task<IResult> ListAsync(
        QueryReader query, ApiCaller caller, ApplicationAccess access, ControlPlaneContext context, CancellationToken cancel)
    {
        var everything = query.Flag("superuser_full_list", otherwise: false) && caller.IsSuperuser;
        var (reader, refusal) = await ReaderAsync(query, caller, context, cancel);
        if (reader is null)
        {
            return refusal!;
        }

        var applications = ApplicationQueries.Rows(context).Filtered(query);
        if (!everything)
        {
            var open = await access.OpenToAsync(reader, cancel);
            applications = applications.Where(application => open.Contains(application.Id));
        }

        return await applications.ListAsync(query, ApplicationQueries.Ordering, application => ApplicationAnswer.Of(application, reader), cancel);
    }

    private static async Task<IResult> RetrieveAsync(string slug, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
        await AnswerAsync(slug, caller, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, ApiCaller caller, ApplicationFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var application = new Application { Name = "", Slug = "" };
        await fields.ApplyAsync(body, application, cancel);
        context.Applications.Add(application);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(application.Slug, caller, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        string slug, JsonBody body, ApiCaller caller, ApplicationFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Applications.SingleOrDefaultAsync(application => application.Slug == slug, cancel) is not { } application)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, application, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(application.Slug, caller, context, StatusCodes.Status200OK, cancel);
    }

    /// <summary>Its bindings and consents go with it; the provider stays.</summary>
    private static async Task<IResult> DeleteAsync(string slug, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Applications.SingleOrDefaultAsync(application => application.Slug == slug, cancel) is not { } application)
        {
            return ApiResults.NotFound();
        }

        foreach (var brand in await context.Brands.Where(brand => brand.DefaultApplicationId == application.Id).ToListAsync(cancel))
        {
            brand.DefaultApplicationId = null;
        }

        context.Bindings.RemoveRange(await context.Bindings.Where(binding => binding.ApplicationId == application.Id).ToListAsync(cancel));
        context.Consents.RemoveRange(await context.Consents.Where(consent => consent.ApplicationId == application.Id).ToListAsync(cancel));
        context.Applications.Remove(application);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> CheckAccessAsync(
        string slug, QueryReader query, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        var (user, refusal) = await ReaderAsync(query, caller, context, cancel);
        if (user is null)
        {
            return refusal!;
        }

        if (!query.Finish())
        {
            return ApiResults.Invalid(query.Errors);
        }

        // To a plain user an application that is closed to them and one that does not exist look the same.
        return await context.Applications.AsNoTracking().SingleOrDefaultAsync(application => application.Slug == slug, cancel) is { } application
            && await AccessCheck.DecideAsync(context, application, user, cancel) is var decision
            && (decision.Verdict == Verdict.Allow || caller.IsSuperuser)
                ? ApiResults.Json(new AccessVerdict(decision.Verdict == Verdict.Allow, [Reasons.HelpOf(decision.Reason)]))
                : ApiResults.NotFound();
    }

    /// <summary>Whose access is asked about: the caller's, or anybody's when a superuser asks.</summary>
    private static async Task<(User? Reader, IResult? Refusal)> ReaderAsync(
        QueryReader query, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!query.TryNumber("for_user", out var pk) || pk == caller.User.Pk)
        {
            return (caller.User, null);
        }

        if (!caller.IsSuperuser)
        {
            return (null, ApiResults.Forbidden("Only an administrator may ask for another user."));
        }

        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Pk == pk, cancel);
        return (user, user is null ? ApiResults.Invalid("for_user", $"There is no user {pk}.") : null);
    }

    private static async Task<IResult> AnswerAsync(string slug, ApiCaller caller, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await ApplicationQueries.Rows(context).SingleOrDefaultAsync(application => application.Slug == slug, cancel) is { } application
            ? ApiResults.Json(ApplicationAnswer.Of(application, caller.User), status)
            : ApiResults.NotFound();
}
