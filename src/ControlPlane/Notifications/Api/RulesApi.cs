using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Notifications.Api;

/// <summary><c>events/rules</c>. Which events a rule is for, <c>policies/bindings</c> with the rule as their target say.</summary>
internal static class RulesApi
{
    private static readonly Ordering<NotificationRule> Ordering = new Ordering<NotificationRule>(byDefault: "name", unique: "name")
        .With("name", rule => rule.Name)
        .With("severity", rule => rule.Severity)
        .With("pk", rule => rule.Id);

    public static void MapRulesApi(this IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("events/rules");
        rules.MapGet("/", ListAsync).ForSuperusers();
        rules.MapPost("/", CreateAsync).ForSuperusers();
        rules.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        rules.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        rules.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        rules.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var rules = Rows(context).Same(query, "name", rule => rule.Name).Same(query, "destination_group__name", rule => rule.DestinationGroup!.Name);
        if (query.TryChoice<NotificationSeverity>("severity", out var severity))
        {
            rules = rules.Where(rule => rule.Severity == severity);
        }

        return await rules.Searched(query, rule => rule.Name, rule => rule.DestinationGroup!.Name ?? "").ListAsync(query, Ordering, RuleAnswer.Of, cancel);
    }

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) => await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(JsonBody body, RuleFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var rule = context.NotificationRules.Add(new NotificationRule { Name = "" }).Entity;
        await fields.ApplyAsync(body, rule, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(rule.Id, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(Guid id, JsonBody body, RuleFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.NotificationRules.SingleOrDefaultAsync(rule => rule.Id == id, cancel) is not { } rule)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, rule, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.NotificationRules.SingleOrDefaultAsync(rule => rule.Id == id, cancel) is not { } rule)
        {
            return ApiResults.NotFound();
        }

        context.Bindings.RemoveRange(await context.Bindings.Where(binding => binding.RuleId == id).ToListAsync(cancel));
        context.NotificationRules.Remove(rule);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.NotificationRules.AnyAsync(rule => rule.Id == id, cancel) ? ApiResults.Json(await References.OfRuleAsync(context, id, cancel)) : ApiResults.NotFound();

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await Rows(context).SingleOrDefaultAsync(rule => rule.Id == id, cancel) is { } rule ? ApiResults.Json(RuleAnswer.Of(rule), status) : ApiResults.NotFound();

    private static IQueryable<NotificationRule> Rows(ControlPlaneContext context) => context.NotificationRules.AsNoTracking()
        .Include(rule => rule.Transports)
        .Include(rule => rule.DestinationGroup!.Users).Include(rule => rule.DestinationGroup!.Parents).Include(rule => rule.DestinationGroup!.Children).AsSplitQuery();
}
