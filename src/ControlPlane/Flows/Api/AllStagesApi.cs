using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>stages/all</c>: stages of every kind, without their settings.</summary>
internal static class AllStagesApi
{
    public static void MapAllStagesApi(this IEndpointRouteBuilder api)
    {
        var stages = api.MapGroup("stages/all");
        stages.MapGet("/", ListAsync).ForSuperusers();
        stages.MapGet("/types/", Types).ForSuperusers();
        stages.MapGet("/user_settings/", UserSettingsAsync).ForSignedIn();
        stages.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        stages.MapDelete("/{id:guid}/", (Guid id, StageRemoval removal, ApiSave save, ControlPlaneContext context, CancellationToken cancel) =>
            StagesApi.DeleteAsync(null, id, removal, save, context, cancel)).ForSuperusers();
        stages.MapGet("/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, StageReferences references, CancellationToken cancel) =>
            StagesApi.UsedByAsync(null, id, context, references, cancel)).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
        await context.Stages.AsNoTracking().Filtered(query).ListAsync(query, StageQueries.Ordering, stages => answers.PlainAsync(stages, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, StageAnswers answers, CancellationToken cancel) =>
        await context.Stages.AsNoTracking().SingleOrDefaultAsync(stage => stage.Id == id, cancel) is { } stage
            ? ApiResults.Json((await answers.PlainAsync([stage], cancel))[0])
            : ApiResults.NotFound();

    private static IResult Types(StageDescriptions descriptions) => ApiResults.Json(descriptions.All.Select(TypeCreateAnswer.Of));

    private static async Task<IResult> UserSettingsAsync(UserSettings settings, CancellationToken cancel) =>
        ApiResults.Json((await settings.ListAsync(cancel)).Select(setting => new UserSettingAnswer(
            $"{setting.Stage:D}", setting.Description.Component, setting.Description.Title, setting.Address)));
}
