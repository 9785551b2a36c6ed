using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>stages/&lt;kind&gt;</c> for every kind that has a description.</summary>
internal static class StagesApi
{
    public static void MapStagesApi(this IEndpointRouteBuilder api)
    {
        foreach (var kind in api.ServiceProvider.GetRequiredService<StageDescriptions>().All)
        {
            Map(api.MapGroup("stages/" + (kind.Path ?? kind.Kind)), kind);
        }
    }

    private static void Map(RouteGroupBuilder stages, StageDescription kind)
    {
        stages.MapGet("/", (QueryReader query, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
            ListAsync(kind, query, context, answers, cancel)).ForSuperusers();
        stages.MapPost("/", (JsonBody body, StageFields fields, ApiSave save, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
            CreateAsync(kind, body, fields, save, context, answers, cancel)).ForSuperusers();
        stages.MapGet("/{id:guid}/", (Guid id, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
            RetrieveAsync(kind, id, context, answers, cancel)).ForSuperusers();
        stages.MapMethods("/{id:guid}/", ["PUT", "PATCH"], (Guid id, JsonBody body, StageFields fields, ApiSave save, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
            UpdateAsync(kind, id, body, fields, save, context, answers, cancel)).ForSuperusers();
        stages.MapDelete("/{id:guid}/", (Guid id, StageRemoval removal, ApiSave save, ControlPlaneContext context, CancellationToken cancel) =>
            DeleteAsync(kind.Kind, id, removal, save, context, cancel)).ForSuperusers();
        stages.MapGet("/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, StageReferences references, CancellationToken cancel) =>
            UsedByAsync(kind.Kind, id, context, references, cancel)).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(StageDescription kind, QueryReader query, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
        await (await StageQueries.OfKindAsync(context, kind, query, cancel)).ListAsync(query, StageQueries.Ordering, stages => answers.WholeAsync(kind, stages, cancel), cancel);

    private static async Task<IResult> CreateAsync(
        StageDescription kind, JsonBody body, StageFields fields, ApiSave save, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel)
    {
        var stage = new Stage { Name = "", Kind = kind.Kind };
        await fields.ApplyAsync(body, kind, stage, cancel);
        context.Stages.Add(stage);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created((await answers.WholeAsync(kind, [stage], cancel))[0]);
    }

    private static async Task<IResult> RetrieveAsync(StageDescription kind, Guid id, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
        await context.Stages.AsNoTracking().SingleOrDefaultAsync(stage => stage.Id == id && stage.Kind == kind.Kind, cancel) is { } stage
            ? ApiResults.Json((await answers.WholeAsync(kind, [stage], cancel))[0])
            : ApiResults.NotFound();

    private static async Task<IResult> UpdateAsync(
        StageDescription kind, Guid id, JsonBody body, StageFields fields, ApiSave save, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel)
    {
        if (await context.Stages.SingleOrDefaultAsync(stage => stage.Id == id && stage.Kind == kind.Kind, cancel) is not { } stage)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, kind, stage, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json((await answers.WholeAsync(kind, [stage], cancel))[0]);
    }

    /// <param name="kind">Null: of any kind.</param>
    /// <param name="id">Of the stage.</param>
    /// <param name="removal">Takes what goes with it.</param>
    /// <param name="save">Everything or nothing.</param>
    /// <param name="context">The database.</param>
    /// <param name="cancel">The caller went away.</param>
    public static async Task<IResult> DeleteAsync(string? kind, Guid id, StageRemoval removal, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Stages.SingleOrDefaultAsync(stage => stage.Id == id && (kind == null || stage.Kind == kind), cancel) is not { } stage)
        {
            return ApiResults.NotFound();
        }

        await removal.RemoveAsync(stage, cancel);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    /// <param name="kind">Null: of any kind.</param>
    /// <param name="id">Of the stage.</param>
    /// <param name="context">The database.</param>
    /// <param name="references">Settings that name it.</param>
    /// <param name="cancel">The caller went away.</param>
    public static async Task<IResult> UsedByAsync(string? kind, Guid id, ControlPlaneContext context, StageReferences references, CancellationToken cancel) =>
        await context.Stages.AnyAsync(stage => stage.Id == id && (kind == null || stage.Kind == kind), cancel)
            ? ApiResults.Json(await References.OfStageAsync(context, references, id, cancel))
            : ApiResults.NotFound();
}
