using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>flows/bindings</c>: stages at their places in flows.</summary>
internal static class FlowBindingsApi
{
    private static readonly Ordering<FlowStageBinding> Ordering = new Ordering<FlowStageBinding>(byDefault: "target,order", unique: "pk")
        .With("target", binding => binding.FlowId)
        .With("stage", binding => binding.StageId)
        .With("order", binding => binding.Order)
        .With("evaluate_on_plan", binding => binding.EvaluateOnPlan)
        .With("re_evaluate_policies", binding => binding.ReEvaluatePolicies)
        .With("pk", binding => binding.Id);

    public static void MapFlowBindingsApi(this IEndpointRouteBuilder api)
    {
        var bindings = api.MapGroup("flows/bindings");
        bindings.MapGet("/", ListAsync).ForSuperusers();
        bindings.MapPost("/", CreateAsync).ForSuperusers();
        bindings.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        bindings.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        bindings.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        bindings.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, StageAnswers stages, CancellationToken cancel) =>
        await Filtered(Rows(context), query).ListAsync(query, Ordering, bindings => FlowBindingAnswer.OfAsync(bindings, stages, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, StageAnswers stages, CancellationToken cancel) =>
        await AnswerAsync(id, context, stages, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, FlowBindingFields fields, ApiSave save, ControlPlaneContext context, StageAnswers stages, CancellationToken cancel)
    {
        var binding = new FlowStageBinding { FlowId = Guid.Empty, StageId = Guid.Empty, Order = 0 };
        await fields.ApplyAsync(body, binding, cancel);
        context.FlowStageBindings.Add(binding);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(binding.Id, context, stages, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, FlowBindingFields fields, ApiSave save, ControlPlaneContext context, StageAnswers stages, CancellationToken cancel)
    {
        if (await context.FlowStageBindings.Include(binding => binding.Flow).SingleOrDefaultAsync(binding => binding.Id == id, cancel) is not { } binding)
        {
            return ApiResults.NotFound();
        }

        body.Refuses(FieldErrors.NoField, binding.Flow!.Slug == SetUpGate.FlowSlug, SetUpKeeps);
        await fields.ApplyAsync(body, binding, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, stages, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.FlowStageBindings.Include(binding => binding.Flow).SingleOrDefaultAsync(binding => binding.Id == id, cancel) is not { } binding)
        {
            return ApiResults.NotFound();
        }

        if (binding.Flow!.Slug == SetUpGate.FlowSlug)
        {
            return ApiResults.Invalid(FieldErrors.NoField, SetUpKeeps);
        }

        context.Bindings.RemoveRange(await context.Bindings.Where(policy => policy.StageBindingId == id).ToListAsync(cancel));
        context.FlowStageBindings.Remove(binding);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    public const string SetUpKeeps = "The flow that sets up the installation keeps its stages.";

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.FlowStageBindings.AnyAsync(binding => binding.Id == id, cancel)
            ? ApiResults.Json(await References.OfStageBindingAsync(context, id, cancel))
            : ApiResults.NotFound();

    private static IQueryable<FlowStageBinding> Rows(ControlPlaneContext context) => context.FlowStageBindings.AsNoTracking().Include(binding => binding.Stage);

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, StageAnswers stages, int status, CancellationToken cancel) =>
        await Rows(context).SingleOrDefaultAsync(binding => binding.Id == id, cancel) is { } binding
            ? ApiResults.Json((await FlowBindingAnswer.OfAsync([binding], stages, cancel))[0], status)
            : ApiResults.NotFound();

    private static IQueryable<FlowStageBinding> Filtered(IQueryable<FlowStageBinding> bindings, QueryReader query)
    {
        if (query.TryId("target", out var target))
        {
            bindings = bindings.Where(binding => binding.FlowId == target);
        }

        if (query.TryId("stage", out var stage))
        {
            bindings = bindings.Where(binding => binding.StageId == stage);
        }

        // One object with two names in authentik.
        foreach (var name in (string[])["fsb_uuid", "pbm_uuid"])
        {
            if (query.TryId(name, out var id))
            {
                bindings = bindings.Where(binding => binding.Id == id);
            }
        }

        return FilteredByRules(bindings, query).Searched(query, binding => binding.Stage!.Name);
    }

    private static IQueryable<FlowStageBinding> FilteredByRules(IQueryable<FlowStageBinding> bindings, QueryReader query)
    {
        if (query.TryNumber("order", out var order))
        {
            bindings = bindings.Where(binding => binding.Order == order);
        }

        if (query.TryFlag("evaluate_on_plan", out var onPlan))
        {
            bindings = bindings.Where(binding => binding.EvaluateOnPlan == onPlan);
        }

        if (query.TryFlag("re_evaluate_policies", out var again))
        {
            bindings = bindings.Where(binding => binding.ReEvaluatePolicies == again);
        }

        if (query.TryChoice<InvalidResponseAction>("invalid_response_action", out var action))
        {
            bindings = bindings.Where(binding => binding.InvalidResponseAction == action);
        }

        return query.TryChoice<BindingMode>("policy_engine_mode", out var mode) ? bindings.Where(binding => binding.PolicyEngineMode == mode) : bindings;
    }
}
