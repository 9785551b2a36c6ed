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

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await BindingQueries.Rows(context).Filtered(query).ListAsync(query, BindingQueries.Ordering, BindingAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, BindingFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var binding = new Binding { Order = 0 };
        await fields.ApplyAsync(body, binding, cancel);
        context.Bindings.Add(binding);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(binding.Id, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, BindingFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Bindings.SingleOrDefaultAsync(binding => binding.Id == id, cancel) is not { } binding)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, binding, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);
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

    private static async Task<IResult> AnswerAsync(Guid id, ControlPlaneContext context, int status, CancellationToken cancel) =>
        await BindingQueries.Rows(context).SingleOrDefaultAsync(binding => binding.Id == id, cancel) is { } binding
            ? ApiResults.Json(BindingAnswer.Of(binding), status)
            : ApiResults.NotFound();
}
