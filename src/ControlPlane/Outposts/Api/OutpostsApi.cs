using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary><c>outposts/instances</c>.</summary>
internal static class OutpostsApi
{
    public static void MapOutpostsApi(this IEndpointRouteBuilder api)
    {
        var outposts = api.MapGroup("outposts/instances");
        outposts.MapGet("/", ListAsync).ForSuperusers();
        outposts.MapPost("/", CreateAsync).ForSuperusers();
        outposts.MapGet("/default_settings/", () => ApiResults.Json(new { Config = OutpostConfig.Default })).ForSuperusers();
        outposts.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        outposts.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        outposts.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        outposts.MapGet("/{id:guid}/health/", HealthAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await OutpostQueries.Rows(context).Filtered(query).ListAsync(query, OutpostQueries.Ordering, OutpostAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, OutpostFields fields, ApiSave save, ControlPlaneContext context, KeyWrap wrap, TimeProvider time, CancellationToken cancel)
    {
        // The service account and the token are named after the outpost, so its name comes first.
        var outpost = OutpostFactory.Add(context, wrap, body.TryText("name", out var name) ? name : "", time.GetUtcNow());
        await fields.ApplyAsync(body, outpost, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(outpost.Id, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, OutpostFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Outposts.SingleOrDefaultAsync(outpost => outpost.Id == id, cancel) is not { } outpost)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, outpost, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);
    }

    /// <summary>With its account and its tokens. Its processes are told, and stop.</summary>
    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Outposts.SingleOrDefaultAsync(outpost => outpost.Id == id, cancel) is not { } outpost)
        {
            return ApiResults.NotFound();
        }

        if (outpost.IsEmbedded)
        {
            return ApiResults.Invalid(
                FieldErrors.NoField, "The embedded outpost belongs to the server; start it with AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST=true to do without.");
        }

        var account = outpost.ServiceAccountId;
        context.OutpostProviders.RemoveRange(await context.OutpostProviders.Where(link => link.OutpostId == id).ToListAsync(cancel));
        context.OutpostInstances.RemoveRange(await context.OutpostInstances.Where(instance => instance.OutpostId == id).ToListAsync(cancel));
        context.Tokens.RemoveRange(await context.Tokens.Where(token => token.UserId == account).ToListAsync(cancel));
        context.Memberships.RemoveRange(await context.Memberships.Where(membership => membership.UserId == account).ToListAsync(cancel));
        context.Outposts.Remove(outpost);
        context.Users.Remove(await context.Users.SingleAsync(user => user.Id == account, cancel));
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> HealthAsync(Guid id, QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        // The schema lists the filters of outposts here too; the address names one already.
        _ = context.Outposts.AsQueryable().Filtered(query);
        query.TryText("ordering", out _);
        if (!query.Finish())
        {
            return ApiResults.Invalid(query.Errors);
        }

        if (!await context.Outposts.AnyAsync(outpost => outpost.Id == id, cancel))
        {
            return ApiResults.NotFound();
        }

        var instances = await context.OutpostInstances.AsNoTracking().Where(instance => instance.OutpostId == id).OrderBy(instance => instance.Instance).ToListAsync(cancel);
        return ApiResults.Json(instances.ConvertAll(instance => OutpostHealthAnswer.Of(instance, ProductVersion.Current)));
    }

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await OutpostQueries.Rows(context).SingleOrDefaultAsync(outpost => outpost.Id == id, cancel) is { } outpost
            ? ApiResults.Json(OutpostAnswer.Of(outpost), status)
            : ApiResults.NotFound();
}
