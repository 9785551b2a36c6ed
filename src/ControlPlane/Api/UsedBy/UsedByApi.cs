using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api.UsedBy;

/// <summary>
/// <c>…/used_by/</c>: what refers to an object, before somebody deletes it. To administrators only, also for what its owner may see: it tells of other objects.
/// </summary>
internal static class UsedByApi
{
    public static void MapUsedByApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("core/applications/{slug}/used_by/", (string slug, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Applications.Where(row => row.Slug == slug).Select(row => row.Id), id => References.OfApplicationAsync(context, id, cancel), cancel)).ForSuperusers();
        api.MapGet("core/groups/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, StageReferences stages, CancellationToken cancel) =>
            AnswerAsync(context.Groups.Where(row => row.Id == id).Select(row => row.Id), _ => References.OfGroupAsync(context, stages, id, cancel), cancel)).ForSuperusers();
        api.MapGet("core/users/{pk:int}/used_by/", (int pk, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Users.Where(row => row.Pk == pk).Select(row => row.Id), id => References.OfUserAsync(context, id, cancel), cancel)).ForSuperusers();
        api.MapGet("flows/instances/{slug}/used_by/", (string slug, ControlPlaneContext context, StageReferences stages, CancellationToken cancel) =>
            AnswerAsync(context.Flows.Where(row => row.Slug == slug).Select(row => row.Id), id => References.OfFlowAsync(context, stages, id, cancel), cancel)).ForSuperusers();
        foreach (var kind in (string[])["all", "proxy"])
        {
            api.MapGet($"providers/{kind}/{{id:int}}/used_by/", (int id, ControlPlaneContext context, CancellationToken cancel) =>
                AnswerAsync(context.Providers.Where(row => row.Id == id).Select(row => row.Id), _ => References.OfProviderAsync(context, id, cancel), cancel)).ForSuperusers();
        }

        MapUnreferenced(api);
    }

    // Nothing refers to them: what there is to say is whether they exist.
    private static void MapUnreferenced(IEndpointRouteBuilder api)
    {
        api.MapGet("core/brands/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Brands.Where(row => row.Id == id).Select(row => row.Id), References.None, cancel)).ForSuperusers();
        api.MapGet("core/tokens/{identifier}/used_by/", (string identifier, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Tokens.Where(row => row.Identifier == identifier).Select(row => row.Id), References.None, cancel)).ForSuperusers();
        api.MapGet("core/authenticated_sessions/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Sessions.Where(row => row.Id == id).Select(row => row.Id), References.None, cancel)).ForSuperusers();
        api.MapGet("outposts/instances/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Outposts.Where(row => row.Id == id).Select(row => row.Id), References.None, cancel)).ForSuperusers();
        api.MapGet("policies/bindings/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) =>
            AnswerAsync(context.Bindings.Where(row => row.Id == id).Select(row => row.Id), References.None, cancel)).ForSuperusers();
    }

    private static async Task<IResult> AnswerAsync<TKey>(IQueryable<TKey> asked, Func<TKey, Task<IReadOnlyList<UsedByAnswer>>> references, CancellationToken cancel) =>
        await asked.ToListAsync(cancel) is [var key] ? ApiResults.Json(await references(key)) : ApiResults.NotFound();
}
