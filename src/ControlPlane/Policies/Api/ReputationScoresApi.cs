using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Reputations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary><c>policies/reputation/scores</c>. Sign-ins write them; an administrator can forgive by deleting one.</summary>
internal static class ReputationScoresApi
{
    private static readonly Ordering<ReputationScore> Ordering = new Ordering<ReputationScore>(byDefault: "-updated", unique: "pk")
        .With("identifier", score => score.Identifier)
        .With("ip", score => score.Ip)
        .With("score", score => score.Score)
        .With("updated", score => score.UpdatedAt)
        .With("pk", score => score.Id);

    public static void MapReputationScoresApi(this IEndpointRouteBuilder api)
    {
        var scores = api.MapGroup("policies/reputation/scores");
        scores.MapGet("/", ListAsync).ForSuperusers();
        scores.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        scores.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        scores.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return await Filtered(context.ReputationScores.AsNoTracking(), query).ListAsync(query, Ordering, score => ReputationScoreAnswer.Of(score, now), cancel);
    }

    private static IQueryable<ReputationScore> Filtered(IQueryable<ReputationScore> scores, QueryReader query)
    {
        if (query.TryText("identifier", out var identifier))
        {
            scores = scores.Where(score => score.Identifier == identifier);
        }

        if (query.TryTexts("identifier_in", out var identifiers))
        {
            scores = scores.Where(score => identifiers.Contains(score.Identifier));
        }

        if (query.TryText("ip", out var ip))
        {
            scores = scores.Where(score => score.Ip == ip);
        }

        if (query.TryNumber("score", out var value))
        {
            scores = scores.Where(score => score.Score == value);
        }

        return scores.Searched(query, score => score.Identifier, score => score.Ip);
    }

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, TimeProvider time, CancellationToken cancel) =>
        await context.ReputationScores.AsNoTracking().SingleOrDefaultAsync(score => score.Id == id, cancel) is { } score
            ? ApiResults.Json(ReputationScoreAnswer.Of(score, time.GetUtcNow()))
            : ApiResults.NotFound();

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.ReputationScores.SingleOrDefaultAsync(score => score.Id == id, cancel) is not { } score)
        {
            return ApiResults.NotFound();
        }

        context.ReputationScores.Remove(score);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.ReputationScores.AnyAsync(score => score.Id == id, cancel) ? ApiResults.Json(Array.Empty<string>()) : ApiResults.NotFound();
}
