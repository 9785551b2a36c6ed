using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary><c>policies/all</c>: policies of every kind, without their settings.</summary>
internal static class PoliciesApi
{
    public static void MapPoliciesApi(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("policies/all");
        policies.MapGet("/", ListAsync).ForSuperusers();
        policies.MapGet("/types/", (PolicyDescriptions kinds) => ApiResults.Json(kinds.All.Select(PolicyTypeAnswer.Of))).ForSuperusers();

        // Every answer is made anew.
        policies.MapGet("/cache_info/", () => ApiResults.Json(new { Count = 0 })).ForSuperusers();
        policies.MapPost("/cache_clear/", () => ApiResults.NoContent()).ForSuperusers();
        policies.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        policies.MapDelete("/{id:guid}/", (Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel) =>
            PolicyKindsApi.DeleteAsync(null, id, save, context, cancel)).ForSuperusers();
        policies.MapGet("/{id:guid}/used_by/", (Guid id, ControlPlaneContext context, CancellationToken cancel) =>
            PolicyKindsApi.UsedByAsync(null, id, context, cancel)).ForSuperusers();
        policies.MapPost("/{id:guid}/test/", (Guid id, JsonBody body, PolicyTest test, CancellationToken cancel) => test.AnswerAsync(id, body, cancel)).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
        await PolicyQueries.OfAnyKind(context, query).ListAsync(query, PolicyQueries.Ordering, policies => answers.PlainAsync(policies, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, PolicyAnswers answers, CancellationToken cancel) =>
        await context.Policies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, cancel) is { } policy
            ? ApiResults.Json((await answers.PlainAsync([policy], cancel))[0])
            : ApiResults.NotFound();
}
