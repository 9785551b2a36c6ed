using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary><c>policies/&lt;kind&gt;</c> for every kind that has a description.</summary>
internal static class PolicyKindsApi
{
    public static void MapPolicyKindsApi(this IEndpointRouteBuilder api)
    {
        foreach (var kind in api.ServiceProvider.GetRequiredService<PolicyDescriptions>().All)
        {
            Map(api.MapGroup("policies/" + kind.Kind), kind);
        }
    }

    private static void Map(RouteGroupBuilder policies, PolicyDescription kind)
    {
        policies.MapGet("/", (QueryReader query, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
            ListAsync(kind, query, context, answers, cancel)).ForSuperusers();
        policies.MapPost("/", (JsonBody body, PolicyFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
            CreateAsync(kind, body, fields, save, context, answers, cancel)).ForSuperusers();
        policies.MapGet("/{id:guid}/", (Guid id, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
            RetrieveAsync(kind, id, context, answers, cancel)).ForSuperusers();
        policies.MapMethods("/{id:guid}/", ["PUT", "PATCH"], (Guid id, JsonBody body, PolicyFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
            UpdateAsync(kind, id, body, fields, save, context, answers, cancel)).ForSuperusers();
        policies.MapDelete("/{id:guid}/", (Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel) =>
            DeleteAsync(kind.Kind, id, save, context, cancel)).ForSuperusers();
        policies.MapGet("/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) => UsedByAsync(kind.Kind, id, context, cancel)).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(PolicyDescription kind, QueryReader query, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
        await (await PolicyQueries.OfKindAsync(context, kind, query, cancel)).ListAsync(query, PolicyQueries.Ordering, policies => answers.WholeAsync(kind, policies, cancel), cancel);

    private static async Task<IResult> CreateAsync(
        PolicyDescription kind, JsonBody body, PolicyFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel)
    {
        var policy = new Policy { Name = "", Kind = kind.Kind };
        await fields.ApplyAsync(body, kind, policy, cancel);
        context.Policies.Add(policy);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created((await answers.WholeAsync(kind, [policy], cancel))[0]);
    }

    private static async Task<IResult> RetrieveAsync(PolicyDescription kind, Guid id, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
        await context.Policies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id && policy.Kind == kind.Kind, cancel) is { } policy
            ? ApiResults.Json((await answers.WholeAsync(kind, [policy], cancel))[0])
            : ApiResults.NotFound();

    private static async Task<IResult> UpdateAsync(
        PolicyDescription kind, Guid id, JsonBody body, PolicyFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel)
    {
        if (await context.Policies.SingleOrDefaultAsync(policy => policy.Id == id && policy.Kind == kind.Kind, cancel) is not { } policy)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, kind, policy, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json((await answers.WholeAsync(kind, [policy], cancel))[0]);
    }

    /// <summary>Bindings that name it stay and then pass nobody; prompt stages no longer ask it.</summary>
    /// <param name="kind">Null: of any kind.</param>
    /// <param name="id">Of the policy.</param>
    /// <param name="save">Everything or nothing.</param>
    /// <param name="context">The database.</param>
    /// <param name="cancel">The caller went away.</param>
    public static async Task<IResult> DeleteAsync(string? kind, Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Policies.SingleOrDefaultAsync(policy => policy.Id == id && (kind == null || policy.Kind == kind), cancel) is not { } policy)
        {
            return ApiResults.NotFound();
        }

        foreach (var binding in await context.Bindings.Where(binding => binding.PolicyId == id).ToListAsync(cancel))
        {
            binding.PolicyId = null;
        }

        context.StageValidations.RemoveRange(await context.StageValidations.Where(link => link.PolicyId == id).ToListAsync(cancel));
        context.Policies.Remove(policy);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    /// <param name="kind">Null: of any kind.</param>
    /// <param name="id">Of the policy.</param>
    /// <param name="context">The database.</param>
    /// <param name="cancel">The caller went away.</param>
    public static async Task<IResult> UsedByAsync(string? kind, Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Policies.AnyAsync(policy => policy.Id == id && (kind == null || policy.Kind == kind), cancel)
            ? ApiResults.Json(await References.OfPolicyAsync(context, id, cancel))
            : ApiResults.NotFound();
}
