using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary><c>core/users</c>.</summary>
internal static class UsersApi
{
    public static void MapUsersApi(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("core/users");
        users.MapGet("/", ListAsync).ForSuperusers();
        users.MapPost("/", CreateAsync).ForSuperusers();
        users.MapGet("/me/", MeAsync).ForSignedIn();
        users.MapGet("/paths/", PathsAsync).ForSuperusers();
        users.MapGet("/{pk:int}/", RetrieveAsync).ForSuperusers();
        users.MapMethods("/{pk:int}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        users.MapDelete("/{pk:int}/", DeleteAsync).ForSuperusers();
        users.MapPost("/{pk:int}/set_password/", SetPasswordAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        var withGroups = query.Flag("include_groups", otherwise: true);
        query.Flag("include_roles", otherwise: true);
        var super = await superusers.GroupsAsync(cancel);
        var fitting = await AttributesFilter.FindAsync(query, context.Users.AsNoTracking().Select(user => new AttributesRow(user.Id, user.Attributes)), cancel);
        return await UserQueries.Rows(context).Where(user => fitting == null || fitting.Contains(user.Id)).Filtered(query, context, super)
            .ListAsync(query, UserQueries.Ordering, user => UserAnswer.Of(user, super, withGroups), cancel);
    }

    private static async Task<IResult> RetrieveAsync(int pk, ControlPlaneContext context, Superusers superusers, CancellationToken cancel) =>
        await AnswerAsync(pk, context, superusers, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> MeAsync(HttpContext http, ApiCaller caller, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        var self = SessionUserAnswer.SelfOf(await UserQueries.Rows(context).SingleAsync(user => user.Id == caller.User.Id, cancel), caller.IsSuperuser);
        return ApiResults.Json(new SessionUserAnswer(self, [self]) { Original = await OriginalAsync(http, context, superusers, cancel) });
    }

    private static async Task<SessionUserAnswer.Self?> OriginalAsync(HttpContext http, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        if (http.Features.Get<ActingAs>() is not { Administrator.Id: var id })
        {
            return null;
        }

        var administrator = await UserQueries.Rows(context).SingleAsync(user => user.Id == id, cancel);
        return SessionUserAnswer.SelfOf(administrator, await superusers.IsSuperuserAsync(id, cancel), isCurrent: false);
    }

    private static async Task<IResult> PathsAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var users = context.Users.Searched(query, user => user.Path);
        return query.Finish()
            ? ApiResults.Json(new { Paths = await users.Select(user => user.Path).Distinct().OrderBy(path => path).ToListAsync(cancel) })
            : ApiResults.Invalid(query.Errors);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body, UserFields fields, ApiSave save, ControlPlaneContext context, Superusers superusers, TimeProvider time, CancellationToken cancel)
    {
        var user = new User { Username = "", DateJoined = time.GetUtcNow() };
        context.Users.Add(user);
        await fields.ApplyAsync(body, user, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(user.Pk, context, superusers, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        int pk, JsonBody body, UserFields fields, ApiSave save, ControlPlaneContext context, Superusers superusers, CancellationToken cancel)
    {
        if (await context.Users.SingleOrDefaultAsync(user => user.Pk == pk, cancel) is not { } user)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, user, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(pk, context, superusers, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(int pk, UserRemoval removal, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Users.SingleOrDefaultAsync(user => user.Pk == pk, cancel) is { } user
            ? await removal.RemoveAsync(user, cancel)
            : ApiResults.NotFound();

    private static async Task<IResult> SetPasswordAsync(
        int pk, JsonBody body, ApiCaller caller, ApiSave save, ControlPlaneContext context, PasswordSetter passwords, CancellationToken cancel)
    {
        if (await context.Users.SingleOrDefaultAsync(user => user.Pk == pk, cancel) is not { } user)
        {
            return ApiResults.NotFound();
        }

        body.Require("password");
        if (body.TryPassword("password", out var password) && !body.Errors.Any)
        {
            await passwords.SetAsync(user, PasswordHasher.Hash(password), cancel);

            // Who knew the old password must not stay signed in with it.
            context.Sessions.RemoveRange(await context.Sessions.Where(session => session.UserId == user.Id && session.Id != caller.SessionId).ToListAsync(cancel));
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> AnswerAsync(
        int pk, ControlPlaneContext context, Superusers superusers, int status, CancellationToken cancel) =>
        await UserQueries.Rows(context).SingleOrDefaultAsync(user => user.Pk == pk, cancel) is { } user
            ? ApiResults.Json(UserAnswer.Of(user, await superusers.GroupsAsync(cancel)), status)
            : ApiResults.NotFound();
}
