using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary><c>core/groups</c>.</summary>
internal static class GroupsApi
{
    public static void MapGroupsApi(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("core/groups");
        groups.MapGet("/", ListAsync).ForSuperusers();
        groups.MapPost("/", CreateAsync).ForSuperusers();
        groups.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        groups.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        groups.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        groups.MapPost("/{id:guid}/add_user/", AddUserAsync).ForSuperusers();
        groups.MapPost("/{id:guid}/remove_user/", RemoveUserAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var includes = GroupIncludes.Read(query);
        var fitting = await AttributesFilter.FindAsync(query, context.Groups.AsNoTracking().Select(group => new AttributesRow(group.Id, group.Attributes)), cancel);
        return await GroupQueries.Rows(context).Where(group => fitting == null || fitting.Contains(group.Id)).Filtered(query)
            .ListAsync(query, GroupQueries.Ordering, group => GroupAnswer.Of(group, includes), cancel);
    }

    private static async Task<IResult> RetrieveAsync(Guid id, QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var includes = GroupIncludes.Read(query);
        return query.Finish()
            ? await AnswerAsync(id, includes, context, StatusCodes.Status200OK, cancel)
            : ApiResults.Invalid(query.Errors);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body, GroupFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        // The name is set, or refused, before anything is saved.
        var group = new Group { Name = "new" };
        context.Groups.Add(group);
        await fields.ApplyAsync(body, group, cancel);
        return await save.SaveAsync(body, cancel)
            ?? await AnswerAsync(group.Id, GroupIncludes.Default, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, GroupFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Groups.SingleOrDefaultAsync(group => group.Id == id, cancel) is not { } group)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, group, cancel);
        return await save.SaveAsync(body, cancel)
            ?? await AnswerAsync(id, GroupIncludes.Default, context, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, StageReferences stages, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Groups.SingleOrDefaultAsync(group => group.Id == id, cancel) is not { } group)
        {
            return ApiResults.NotFound();
        }

        // A binding stays, and then matches nobody: were it to go too, an application that admitted this group alone would open to everybody.
        foreach (var binding in await context.Bindings.Where(binding => binding.GroupId == id).ToListAsync(cancel))
        {
            binding.GroupId = null;
        }

        context.Memberships.RemoveRange(await context.Memberships.Where(membership => membership.GroupId == id).ToListAsync(cancel));
        context.GroupParents.RemoveRange(await context.GroupParents.Where(link => link.GroupId == id || link.ParentId == id).ToListAsync(cancel));
        await stages.ClearAsync(id, cancel);
        context.Groups.Remove(group);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> AddUserAsync(
        Guid id, JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var (user, refusal) = await FindMemberAsync(id, body, context, cancel);
        if (user is null)
        {
            return refusal!;
        }

        if (!await context.Memberships.AnyAsync(membership => membership.GroupId == id && membership.UserId == user.Id, cancel))
        {
            context.Memberships.Add(new Membership { UserId = user.Id, GroupId = id });
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> RemoveUserAsync(
        Guid id, JsonBody body, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var (user, refusal) = await FindMemberAsync(id, body, context, cancel);
        if (user is null)
        {
            return refusal!;
        }

        context.Memberships.RemoveRange(
            await context.Memberships.Where(membership => membership.GroupId == id && membership.UserId == user.Id).ToListAsync(cancel));
        return await save.SaveAsync(body, cancel) ?? ApiResults.NoContent();
    }

    private static async Task<(User? User, IResult? Refusal)> FindMemberAsync(
        Guid group, JsonBody body, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!await context.Groups.AnyAsync(other => other.Id == group, cancel))
        {
            return (null, ApiResults.NotFound());
        }

        body.Require("pk");
        if (!body.TryNumber("pk", out var pk) || !body.Finish())
        {
            return (null, ApiResults.Invalid(body.Errors));
        }

        var user = await context.Users.SingleOrDefaultAsync(other => other.Pk == pk, cancel);
        return (user, user is null ? ApiResults.NotFound($"There is no user {pk}.") : null);
    }

    private static async Task<IResult> AnswerAsync(
        Guid id, GroupIncludes includes, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await GroupQueries.Rows(context).SingleOrDefaultAsync(group => group.Id == id, cancel) is { } group
            ? ApiResults.Json(GroupAnswer.Of(group, includes), status)
            : ApiResults.NotFound();
}
