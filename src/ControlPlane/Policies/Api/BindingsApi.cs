using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary><c>policies/bindings</c>.</summary>
internal static class BindingsApi
{
    public static void MapBindingsApi(this IEndpointRouteBuilder api)
    {
        var bindings = api.MapGroup("policies/bindings");
        bindings.MapGet("/", ListAsync).ForSuperusers();
        bindings.MapPost("/", CreateAsync).ForSuperusers();
        bindings.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        bindings.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        bindings.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, PolicyAnswers policies, CancellationToken cancel) =>
        await BindingQueries.Rows(context).Filtered(query).ListAsync(query, BindingQueries.Ordering, rows => AnswersAsync(rows, policies, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, PolicyAnswers policies, CancellationToken cancel) =>
        await AnswerAsync(id, context, policies, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, BindingFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers policies, CancellationToken cancel)
    {
        var binding = new Binding { Order = 0 };
        await fields.ApplyAsync(body, binding, cancel);
        context.Bindings.Add(binding);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(binding.Id, context, policies, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, BindingFields fields, ApiSave save, ControlPlaneContext context, PolicyAnswers policies, CancellationToken cancel)
    {
        if (await context.Bindings.SingleOrDefaultAsync(binding => binding.Id == id, cancel) is not { } binding)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, binding, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, policies, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Bindings.SingleOrDefaultAsync(binding => binding.Id == id, cancel) is not { } binding)
        {
            return ApiResults.NotFound();
        }

        context.Bindings.Remove(binding);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, PolicyAnswers policies, int status, CancellationToken cancel) =>
        await BindingQueries.Rows(context).SingleOrDefaultAsync(binding => binding.Id == id, cancel) is { } binding
            ? ApiResults.Json((await AnswersAsync([binding], policies, cancel))[0], status)
            : ApiResults.NotFound();

    private static async Task<IReadOnlyList<BindingAnswer>> AnswersAsync(IReadOnlyList<Binding> bindings, PolicyAnswers policies, CancellationToken cancel)
    {
        var named = bindings.Select(binding => binding.Policy).OfType<Policy>().DistinctBy(policy => policy.Id).ToList();
        var answers = (await policies.PlainAsync(named, cancel)).Zip(named).ToDictionary(pair => pair.Second.Id, pair => pair.First);
        return [.. bindings.Select(binding => BindingAnswer.Of(binding, binding.PolicyId is { } id ? answers[id].DeepClone().AsObject() : null))];
    }
}
